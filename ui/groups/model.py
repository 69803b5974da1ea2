"""The groups as a list: attendance, how far from the rest of the school, and who is persistently or severely absent."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from desktop_app.actions.group_list import GroupLine
from desktop_app.domain.groups import Basis, Tally
from desktop_app.domain.people import Pupil
from desktop_app.domain.report import Unit
from desktop_app.rules.display import percent
from desktop_app.rules.report_values import NONE, written
from ui.parts.rows import Column, Kind
from ui.tokens import Tone

Member = tuple[Pupil, str]
BASES = {
    Basis.FLAG: "",
    Basis.SEX: "",
    Basis.ETHNICITY: "ethnic background",
    Basis.HOME_LA: "home authority",
    Basis.OWN: "the school’s own",
}
EARLY = "too early"
NOT_SHOWN = "Of so few outside your own classes no figure is shown to you."
ATTENDANCE: Column[GroupLine] = Column("Attendance", lambda row: written(row.attendance, Unit.PERCENT), Kind.NUMBER, 9)


def columns() -> tuple[Column[GroupLine], ...]:
    """The columns of the list of groups."""
    return (
        Column("Group", lambda row: row.group.title, beside=lambda row: BASES[row.group.basis]),
        Column(
            "Pupils",
            lambda row: f"{row.here} few" if row.small else str(row.here),
            Kind.NUMBER,
            8,
            tone=lambda row: Tone.CAUTION if row.small else None,
            spoken=lambda row: f"{_pupils(row.here)}{', few: its rates say little' if row.small else ''}",
        ),
        ATTENDANCE,
        Column("Gap, points", lambda row: written(row.gap, Unit.POINTS), Kind.NUMBER, 9),
        Column("Persistent", lambda row: _share(row, row.persistent), Kind.NUMBER, 10),
        Column("Severe", lambda row: _share(row, row.severe), Kind.NUMBER, 9),
    )


MEMBERS: tuple[Column[Member], ...] = (
    Column("Name", lambda row: row[0].list_name, Kind.NAME),
    Column("Class", lambda row: row[1], width=7),
)


def members_words(row: GroupLine) -> str:
    """How many are in it, and how many of them are seen or in its figures besides."""
    said = _pupils(row.here)
    if len(row.members) < row.here:
        said += f", {len(row.members)} of your classes"
    return f"{said}, and {row.gone} who left" if row.gone else said


def line_words(row: GroupLine, least: int) -> str:
    """The line in sentences, with what must be known to read it."""
    return " ".join(_said(row, least))


def _said(row: GroupLine, least: int) -> Iterator[str]:
    title = row.group.title
    if row.beside is None:
        yield NOT_SHOWN
        return
    if not row.beside.members.pupils:
        yield f"{title}: nobody is in it."
        return
    if row.attendance is None:
        yield f"{title}: no session was possible."
        return
    yield f"{title}: {percent(row.attendance)}{_beside(row)}."
    if row.too_early:
        yield f"Who is persistently absent: too early to say, before {least} possible sessions."
    else:
        severely = f", {row.severe or 'none'} of them severely" if row.persistent else ""
        yield f"Persistently absent: {row.persistent or 'none'} of {row.told}{severely}."
        early = row.beside.members.counted - row.told
        if early:
            yield f"Of {early} it is too early to say, before {least} possible sessions."
    yield from _late(row.beside.members)
    if row.gone:
        yield f"{row.gone} who left {'counts' if row.gone == 1 else 'count'} to the last day on roll."
    if row.small:
        yield "So few are in it that one child moves its rates by a tenth or more: read them with care."


def _late(of: Tally) -> Iterator[str]:
    """How often somebody was late, and the minutes as far as they were written down."""
    late = of.figures.late
    if late:
        times = "once" if late == 1 else f"{late:,} times"
        minutes = f"{of.minutes_late:,} {'minute' if of.minutes_late == 1 else 'minutes'}"
        yield f"Late {times}, {minutes} in all as far as they were written down."


def _beside(row: GroupLine) -> str:
    gap = row.gap
    if gap is None or row.rest is None:
        return ""
    rest = f"the rest of the school {percent(row.rest)}"
    size = written(abs(gap), Unit.POINTS).lstrip("+")
    if not gap:
        return f", as {rest}"
    return f", {rest}: {size} points {'higher' if gap > 0 else 'lower'}"


def _share(row: GroupLine, number: int) -> str:
    """`4 · 12.5%`: a number of pupils and what it is of those of whom it can be said."""
    if row.too_early:
        return EARLY
    return f"{number} · {percent(Fraction(100 * number, row.told))}" if row.told else NONE


def _pupils(number: int) -> str:
    return f"{number} {'pupil' if number == 1 else 'pupils'}"

"""Reads what a pack says of casework: its levels and steps, meetings, forms, contacts and formal measures."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

from desktop_app.domain.casework import (
    Answerable,
    Ask,
    Border,
    CaseStep,
    Casework,
    Choice,
    FormField,
    FormRule,
    Interval,
    Level,
    MeetingRule,
    PauseRule,
    ReviewRule,
    Service,
    Stay,
    TeamContact,
    Unit,
    Who,
)
from desktop_app.domain.entries import EntryKind
from desktop_app.rulebook_formal import read_formal
from desktop_app.toml_table import Table

T = TypeVar("T")

KEYS = ("level", "pause", "meeting", "form", "contact", "border", "choice", "formal")
"""The keys of a pack that are read here."""


def read_casework(pack: Table, triggers: Collection[str], referrals: Collection[str]) -> Casework:
    """All of it. `triggers` and `referrals` are the keys it may name. Raises `Damaged`, naming file, key and reason."""
    meetings = _all(pack, "meeting", _meeting)
    levels = _all(pack, "level", lambda row: _level(row, triggers, {one.key for one in meetings}))
    work = Casework(
        levels=levels,
        pauses=_all(pack, "pause", _pause),
        meetings=meetings,
        forms=_all(pack, "form", _form),
        contacts=_all(pack, "contact", _contact),
        borders=_all(pack, "border", _border),
        choices=_all(pack, "choice", _choice),
        formal=read_formal(pack.table("formal") if "formal" in pack.values else None, referrals),
    )
    _check_ways(pack, work)
    return work


def listed(row: Table, key: str) -> tuple[str, ...]:
    """The parts of a text, divided by semicolons; none where it is not there."""
    return tuple(filter(None, row.text(key, "").split("; ")))


def _all(table: Table, key: str, read: Callable[[Table], T]) -> tuple[T, ...]:
    found: dict[str, T] = {}
    for row in table.tables(key, some=False):
        name = row.text("key")
        if name in found:
            raise row.fault("key", f"“{name}” stands there twice")
        found[name] = read(row)
    return tuple(found.values())


def _level(row: Table, triggers: Collection[str], meetings: Collection[str]) -> Level:
    row.only("key", "title", "source", "what", "step")
    key = row.text("key")
    steps = _all(row, "step", lambda step: _step(step, key, triggers, meetings))
    return Level(key, row.text("title"), row.source(), row.text("what", ""), steps)


def _step(row: Table, level: str, triggers: Collection[str], meetings: Collection[str]) -> CaseStep:
    row.only(*(CaseStep.__dataclass_fields__.keys() - {"asks"}), "ask")
    opens = listed(row, "opens")
    _known(row, "opens", opens, triggers, "trigger")
    return CaseStep(
        key=f"{level}.{row.text('key')}",
        title=row.text("title"),
        who=row.choice("who", Who),
        lead=row.text("lead"),
        source=row.source(),
        what=row.text("what", ""),
        opens=opens,
        after=listed(row, "after"),
        next=listed(row, "next"),
        urgent=row.flag("urgent"),
        services=tuple(_service(row, name) for name in listed(row, "services")),
        asks=_all(row, "ask", lambda ask: _ask(ask, meetings)),
        review=_review(row.table("review"), meetings) if "review" in row.values else None,
        stay=_stay(row.table("stay")) if "stay" in row.values else None,
    )


def _service(row: Table, name: str) -> Service:
    _known(row, "services", [name], list(Service), "kind of service")
    return Service(name)


def _ask(row: Table, meetings: Collection[str]) -> Ask:
    row.only(*Ask.__dataclass_fields__)
    kind, meeting = row.text("kind", ""), row.text("meeting", "")
    _known(row, "kind", filter(None, [kind]), list(EntryKind), "kind of entry")
    _known(row, "meeting", filter(None, [meeting]), meetings, "meeting")
    return Ask(
        key=row.text("key"),
        title=row.text("title"),
        who=row.choice("who", Who),
        source=row.source(),
        what=row.text("what", ""),
        kind=kind,
        meeting=meeting,
        must=row.flag("must"),
        each_parent=row.flag("each_parent"),
        within=read_interval(row.table("within")) if "within" in row.values else None,
    )


def read_interval(row: Table, *more: str) -> Interval:
    """So many of a unit, with its source; `more` are keys that others read from the same table."""
    row.only("value", "unit", "source", *more)
    value = row.whole("value")
    if not value:
        raise row.fault("value", "must be 1 or more")
    return Interval(value, row.choice("unit", Unit), row.source())


def _review(row: Table, meetings: Collection[str]) -> ReviewRule:
    meeting = row.text("meeting", "")
    _known(row, "meeting", filter(None, [meeting]), meetings, "meeting")
    return ReviewRule(read_interval(row, "meeting"), meeting)


def _stay(row: Table) -> Stay:
    return Stay(read_interval(row, "then"), row.text("then"))


def _pause(row: Table) -> PauseRule:
    row.only(*PauseRule.__dataclass_fields__)
    longest = read_interval(row.table("longest")) if "longest" in row.values else None
    return PauseRule(row.text("key"), row.text("title"), row.source(), row.text("what", ""), longest)


def _meeting(row: Table) -> MeetingRule:
    row.only(*MeetingRule.__dataclass_fields__)
    words = row.text("key"), row.text("title"), row.text("lead"), row.source(), row.text("what", "")
    return MeetingRule(*words, attendees=listed(row, "attendees"), agenda=listed(row, "agenda"))


def _form(row: Table) -> FormRule:
    row.only("key", "title", "source", "field")
    return FormRule(row.text("key"), row.text("title"), row.source(), _all(row, "field", _field))


def _field(row: Table) -> FormField:
    row.only(*FormField.__dataclass_fields__)
    return FormField(row.text("key"), row.text("title"), row.text("record", ""), row.text("what", ""))


def _contact(row: Table) -> TeamContact:
    row.only(*TeamContact.__dataclass_fields__)
    more: Mapping[str, str] = {name: row.text(name, "") for name in ("what", "phone", "email", "web")}
    return TeamContact(row.text("key"), row.text("title"), row.source(), **more)


def _border(row: Table) -> Border:
    row.only(*Border.__dataclass_fields__)
    who = row.choice("who", Answerable)
    return Border(row.text("key"), row.text("title"), who, row.text("words"), row.source())


def _choice(row: Table) -> Choice:
    row.only(*Choice.__dataclass_fields__)
    return Choice(row.text("key"), row.text("says"), row.text("takes"), row.source())


def _known(row: Table, key: str, named: Collection[str] | filter[str], known: Collection[str], called: str) -> None:
    for name in named:
        if name not in known:
            raise row.fault(key, f"there is no {called} “{name}”")


def _check_ways(pack: Table, work: Casework) -> None:
    """Every step that another leads to or comes after must be there, and each must be reached from one that opens."""
    known = {step.key for step in work.steps}
    for step in work.steps:
        if unknown := [way for way in (*step.after, *step.ways) if way not in known]:
            raise pack.fault("level", f"step {step.key} leads to “{unknown[0]}”, which is not there")
    reached = {step.key for step in work.steps if not step.after}
    while more := {way for step in work.steps if step.key in reached for way in step.ways} - reached:
        reached |= more
    if lost := [step.key for step in work.steps if step.key not in reached]:
        raise pack.fault("level", f"no step leads to {lost[0]}")

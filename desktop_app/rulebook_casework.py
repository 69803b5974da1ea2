"""Reads what a pack says of casework: its levels and steps, meetings, forms, contacts and formal measures."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from typing import TypeVar

from desktop_app.domain.casework import (
    Answerable,
    Ask,
    Border,
    CaseStep,
    Casework,
    Choice,
    CloseRule,
    FormField,
    FormRule,
    Interval,
    Level,
    Measure,
    MeetingRule,
    PauseRule,
    ReviewRule,
    Service,
    Stay,
    StepExample,
    TeamContact,
    Unit,
    Who,
)
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.form_fields import Filled
from desktop_app.domain.people import FlagKind
from desktop_app.rulebook_formal import read_formal
from desktop_app.toml_table import Table

T = TypeVar("T")

KEYS = (
    *("level", "pause", "meeting", "form", "contact", "border", "choice", "formal", "close"),
    *("step_example", "example_half_term"),
)
"""The keys of a pack that are read here."""

A_YEAR: Mapping[Unit, int] = {
    Unit.DAYS: 366, Unit.SCHOOL_DAYS: 195, Unit.WEEKS: 53, Unit.SCHOOL_WEEKS: 39, Unit.HALF_TERMS: 6, Unit.TERMS: 3,
    Unit.MONTHS: 12,
}  # fmt: skip
"""How many of each unit a year has at most. What is looked at less than yearly rests; the longest stay there is in law
is three years, of an education supervision order extended (Children Act 1989, Schedule 3, paragraph 15)."""


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
        close=_close(pack.table("close")) if "close" in pack.values else None,
        examples=tuple(map(_example, pack.tables("step_example", some=False))),
        half_terms=_half_terms(pack),
    )
    _check_ways(pack, work)
    _check_examples(pack, work)
    return work


def listed(row: Table, key: str) -> tuple[str, ...]:
    """The parts of a text, divided by a semicolon and a space; none where it is not there. Each stands there once."""
    text = row.text(key, "")
    parts = tuple(text.split("; ")) if text else ()
    if any(not part.strip() or part != part.strip() or ";" in part for part in parts):
        raise row.fault(key, "its parts must be divided by one semicolon and one space")
    if len(set(parts)) < len(parts):
        raise row.fault(key, "a part of it stands there twice")
    return parts


def _all(table: Table, key: str, read: Callable[[Table], T]) -> tuple[T, ...]:
    found: dict[str, T] = {}
    for row in table.tables(key, some=False):
        name = row.text("key")
        if name in found:
            raise row.fault("key", f"“{name}” stands there twice")
        found[name] = read(row)
    return tuple(found.values())


def _level(row: Table, triggers: Collection[str], meetings: Collection[str]) -> Level:
    row.only("key", "title", "source", "what", "stay", "step")
    key = row.text("key")
    steps = _all(row, "step", lambda step: _step(step, key, triggers, meetings))
    stay = _stay(row.table("stay")) if "stay" in row.values else None
    if stay is not None and stay.then in {step.key for step in steps}:
        raise row.fault("stay.then", "must lead out of the level")
    return Level(key, row.text("title"), row.source(), row.text("what", ""), steps, stay)


def _step(row: Table, level: str, triggers: Collection[str], meetings: Collection[str]) -> CaseStep:
    row.only(*(CaseStep.__dataclass_fields__.keys() - {"asks"}), "ask")
    opens = listed(row, "opens")
    _known(row, "opens", opens, triggers, "trigger")
    step = CaseStep(
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
        services=_services(row),
        asks=_all(row, "ask", lambda ask: _ask(ask, meetings)),
        review=_review(row.table("review"), meetings) if "review" in row.values else None,
        stay=_stay(row.table("stay")) if "stay" in row.values else None,
    )
    if step.key in (*step.after, *step.ways):
        raise row.fault("next", "a step neither leads to itself nor comes after itself")
    return step


def _services(row: Table) -> tuple[Service, ...]:
    named = listed(row, "services")
    _known(row, "services", named, list(Service), "kind of service")
    return tuple(map(Service, named))


def _ask(row: Table, meetings: Collection[str]) -> Ask:
    row.only(*Ask.__dataclass_fields__)
    kind, meeting = row.text("kind", ""), row.text("meeting", "")
    _known(row, "kind", filter(None, [kind]), list(EntryKind), "kind of entry")
    _known(row, "meeting", filter(None, [meeting]), meetings, "meeting")
    if meeting and kind != EntryKind.MEETING:
        raise row.fault("meeting", "only an entry of the kind “meeting” can be one")
    if "outcomes" in row.values and not kind:
        raise row.fault("outcomes", "only an ask with a kind of entry can wait for one")
    flags = listed(row, "flags")
    _known(row, "flags", flags, list(FlagKind), "flag")
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
        outcomes=listed(row, "outcomes"),
        flags=tuple(map(FlagKind, flags)),
        doubted=row.flag("doubted"),
    )


def read_interval(row: Table, *more: str, years: int = 1) -> Interval:
    """So many of a unit, with its source, and no more than so many years of it; `more` are keys that others read from
    the same table."""
    row.only("value", "unit", "source", *more)
    value, unit = row.whole("value"), row.choice("unit", Unit)
    if not value:
        raise row.fault("value", "must be 1 or more")
    if value > (most := years * A_YEAR[unit]):
        raise row.fault("value", f"must be {most} {unit} at most")
    return Interval(value, unit, row.source())


def _review(row: Table, meetings: Collection[str]) -> ReviewRule:
    meeting = row.text("meeting", "")
    _known(row, "meeting", filter(None, [meeting]), meetings, "meeting")
    return ReviewRule(read_interval(row, "meeting"), meeting)


def _stay(row: Table) -> Stay:
    return Stay(read_interval(row, "then", years=3), row.text("then"))


def _pause(row: Table) -> PauseRule:
    row.only(*PauseRule.__dataclass_fields__)
    longest = read_interval(row.table("longest")) if "longest" in row.values else None
    return PauseRule(row.text("key"), row.text("title"), row.source(), row.text("what", ""), longest)


def _close(row: Table) -> CloseRule:
    row.only(*CloseRule.__dataclass_fields__)
    return CloseRule(row.choice("not_while", Measure), row.text("words"), row.source())


def _meeting(row: Table) -> MeetingRule:
    row.only(*MeetingRule.__dataclass_fields__)
    words = row.text("key"), row.text("title"), row.text("lead"), row.source(), row.text("what", "")
    return MeetingRule(*words, attendees=listed(row, "attendees"), agenda=listed(row, "agenda"))


def _form(row: Table) -> FormRule:
    row.only("key", "title", "source", "field")
    fields = _all(row, "field", _field)
    if not fields:
        raise row.fault("field", "there is none")
    return FormRule(row.text("key"), row.text("title"), row.source(), fields)


def _field(row: Table) -> FormField:
    row.only(*FormField.__dataclass_fields__)
    record = row.choice("record", Filled) if "record" in row.values else ""
    return FormField(row.text("key"), row.text("title"), record, row.text("what", ""))


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


def _example(row: Table) -> StepExample:
    row.only(*StepExample.__dataclass_fields__)
    return StepExample(row.text("step"), _day(row, "entered"), row.day("review"), row.day("ends"))


def _half_terms(pack: Table) -> tuple[tuple[date, date], ...]:
    found: list[tuple[date, date]] = []
    for row in pack.tables("example_half_term", some=False):
        row.only("first", "last")
        first, last = _day(row, "first"), _day(row, "last")
        if first > last:
            raise row.fault("last", "is before the first day")
        if found and first <= found[-1][1]:
            raise row.fault("first", "must come after the half term before")
        found.append((first, last))
    return tuple(found)


def _day(row: Table, key: str) -> date:
    day = row.day(key)
    if day is None:
        raise row.fault(key, "is missing")
    return day


def _known(row: Table, key: str, named: Iterable[str], known: Collection[str], called: str) -> None:
    for name in named:
        if name not in known:
            raise row.fault(key, f"there is no {called} “{name}”")


def _check_ways(pack: Table, work: Casework) -> None:
    """Every step that another leads to or comes after must be there, and each must be reached from one that may be the
    first: by every school that may use it, whatever service it has bought."""
    known = {step.key for step in work.steps}
    for level in work.levels:
        if level.stay is not None and level.stay.then not in known:
            raise pack.fault("level", f"level {level.key} leads to “{level.stay.then}”, which is not there")
    for step in work.steps:
        if unknown := [way for way in (*step.after, *step.ways) if way not in known]:
            raise pack.fault("level", f"step {step.key} leads to “{unknown[0]}”, which is not there")
    for service in Service:
        _check_reached(pack, work, service)


def _check_reached(pack: Table, work: Casework, service: Service) -> None:
    steps = [step for step in work.steps if not step.services or service in step.services]
    out = {step.key: level.stay.then for level in work.levels if level.stay is not None for step in level.steps}
    reached = {step.key for step in steps if not step.after}
    while more := {way for s in steps if s.key in reached for way in (*s.ways, out.get(s.key, s.key))} - reached:
        reached |= more
    if lost := [step.key for step in steps if step.key not in reached]:
        raise pack.fault("level", f"no step leads to {lost[0]} in a school with the service “{service}”")


def _check_examples(pack: Table, work: Casework) -> None:
    """An example names a step that is there, begins in a half term, and says all that the step has dates for."""
    for number, example in enumerate(work.examples, start=1):
        step, level = work.step(example.step), work.level_of(example.step)
        place = f"step_example[{number}]"
        if step is None or level is None:
            raise pack.fault(place, f"there is no step “{example.step}”")
        if not any(first <= example.entered <= last for first, last in work.half_terms):
            raise pack.fault(place, "it must begin in one of the half terms of the example")
        if (example.review is None) != (step.review is None):
            raise pack.fault(place, "the day of the review must be there where the step is reviewed, and only there")
        if (example.ends is None) != (step.stay is None and level.stay is None):
            raise pack.fault(place, "the last day must be there where the stay has an end, and only there")

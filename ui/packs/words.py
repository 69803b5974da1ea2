"""A pack as a person reads it: headings, sentences and points, each with the place it is taken from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from desktop_app.domain.casework import (
    Answerable,
    Ask,
    CaseStep,
    Casework,
    Formal,
    Interval,
    Issuer,
    Level,
    MeetingRule,
    Service,
    Stay,
    Unit,
    Who,
)
from desktop_app.domain.rulebook import Band, Pack
from ui.help.reference import ends


class Look(Enum):
    """How a line is set."""

    HEADING = auto()
    TITLE = auto()
    TEXT = auto()
    POINT = auto()
    SOURCE = auto()


@dataclass(frozen=True, slots=True)
class Said:
    """One line of the pack in words."""

    look: Look
    words: str


UNITS = {
    Unit.DAYS: ("day", "days"),
    Unit.SCHOOL_DAYS: ("school day", "school days"),
    Unit.WEEKS: ("week", "weeks"),
    Unit.SCHOOL_WEEKS: ("school week", "school weeks"),
    Unit.HALF_TERMS: ("half-term", "half-terms"),
    Unit.TERMS: ("term", "terms"),
    Unit.MONTHS: ("month", "months"),
}
WHO = {Who.SCHOOL: "the school", Who.LA: "the authority"}
ISSUER = {Issuer.SCHOOL: "the school", Issuer.LA: "the authority", Issuer.ASK: "not said: ask the authority"}
ANSWERS = {Answerable.SCHOOL: "the school’s authority", Answerable.HOME: "the home authority", Answerable.BOTH: "both"}
SERVICES = {Service.LA: "the authority’s", Service.OTHER: "another provider’s", Service.NONE: "no"}


def pack_words(pack: Pack) -> tuple[Said, ...]:
    """The whole pack, part by part; a part that it does not have is left out."""
    casework = pack.casework
    return (
        *_head(pack),
        *(_part("Bands", [line for band in pack.bands for line in _band(band)])),
        *[line for level in casework.levels for line in _level(level, casework, pack)],
        *_part("Meetings", [line for one in casework.meetings for line in _meeting(one)]),
        *_part("Pauses", _pauses(casework)),
        *_part("Formal measures", _formal(casework.formal)),
        *_part("Whom to turn to", _contacts(casework)),
        *_part("Who answers where the home authority is another", _borders(casework)),
        *_part("Where its words disagree, or leave it open", _choices(casework)),
        *_part("Forms", _forms(casework)),
        *_part("Referrals", [line for one in pack.referrals for line in _entry(one.title, one.source)]),
    )


def interval_words(interval: Interval) -> str:
    """So many of a unit: `3 weeks`."""
    one, several = UNITS[interval.unit]
    return f"{interval.value} {one if interval.value == 1 else several}"


def _part(title: str, lines: Iterable[Said]) -> Iterator[Said]:
    found = tuple(lines)
    if found:
        yield Said(Look.HEADING, title)
        yield from found


def _entry(title: str, source: str, *texts: str, points: Iterable[str] = ()) -> Iterator[Said]:
    yield Said(Look.TITLE, title)
    yield from (Said(Look.TEXT, text) for text in texts if text)
    yield from (Said(Look.POINT, point) for point in points if point)
    if source:
        yield Said(Look.SOURCE, source)


def _head(pack: Pack) -> Iterator[Said]:
    yield Said(Look.TEXT, f"{pack.authority}. {pack.source}")
    if pack.note:
        yield Said(Look.TEXT, pack.note)
    if pack.too_early is not None:
        yield Said(Look.TEXT, f"No band is told before {pack.too_early.value} possible sessions.")
        yield Said(Look.SOURCE, pack.too_early.source)


def _band(band: Band) -> Iterator[Said]:
    points = [action.title + (f": {action.what}" if action.what else "") for action in band.actions]
    yield from _entry(f"{band.title}: {ends(band)}", band.source, band.meaning, points=points)


def _level(level: Level, casework: Casework, pack: Pack) -> Iterator[Said]:
    yield Said(Look.HEADING, level.title)
    if level.what:
        yield Said(Look.TEXT, level.what)
    yield Said(Look.SOURCE, level.source)
    for step in level.steps:
        yield from _step(step, casework, pack)


def _step(step: CaseStep, casework: Casework, pack: Pack) -> Iterator[Said]:
    triggers = {one.key: one.title for one in pack.triggers}
    yield Said(Look.TITLE, step.title)
    if step.what:
        yield Said(Look.TEXT, step.what)
    yield Said(Look.TEXT, f"Led by {step.lead}; the part of {WHO[step.who]}.")
    if step.opens:
        opened = "; ".join(triggers.get(key, key.replace("-", " ")) for key in step.opens)
        yield Said(Look.TEXT, f"Proposed on: {opened}.")
    if step.after:
        yield Said(Look.TEXT, f"Comes after: {_titles(step.after, casework)}.")
    if step.services:
        bought = " or ".join(SERVICES[one] for one in step.services)
        yield Said(Look.TEXT, f"Only where the school has {bought} attendance service.")
    if step.urgent:
        yield Said(Look.TEXT, "May be entered out of order where the risk to the child has grown, with the reason.")
    for ask in step.asks:
        yield Said(Look.POINT, _ask(ask, casework))
    yield from _rhythm(step, casework)
    yield Said(Look.SOURCE, step.source)


def _ask(ask: Ask, casework: Casework) -> str:
    meeting = casework.meeting(ask.meeting) if ask.meeting else None
    more = [
        WHO[ask.who] if ask.who is Who.LA else "",
        "must be there before the next step" if ask.must else "",
        "for each parent" if ask.each_parent else "",
        f"within {interval_words(ask.within)}" if ask.within else "",
        f"in: {meeting.title}" if meeting else "",
    ]
    said = ", ".join(one for one in more if one)
    return ask.title + (f" ({said})" if said else "") + (f". {ask.what}" if ask.what else "")


def _rhythm(step: CaseStep, casework: Casework) -> Iterator[Said]:
    if step.review is not None:
        meeting = casework.meeting(step.review.meeting) if step.review.meeting else None
        where = f", in: {meeting.title}" if meeting else ""
        yield Said(Look.TEXT, f"Reviewed every {interval_words(step.review.every)}{where}.")
    if step.stay is not None:
        yield Said(Look.TEXT, _stay(step.stay, casework))
    if step.next:
        yield Said(Look.TEXT, f"Next: {_titles(step.next, casework)}.")


def _stay(stay: Stay, casework: Casework) -> str:
    return f"Longest stay: {interval_words(stay.longest)}; then {_titles((stay.then,), casework)}."


def _titles(keys: Iterable[str], casework: Casework) -> str:
    found = ((key, casework.step(key)) for key in keys)
    return "; ".join(step.title if step else key for key, step in found)


def _meeting(one: MeetingRule) -> Iterator[Said]:
    comes = f"Led by {one.lead}." + (f" Comes: {', '.join(one.attendees)}." if one.attendees else "")
    yield from _entry(one.title, one.source, one.what, comes, points=one.agenda)


def _pauses(casework: Casework) -> Iterator[Said]:
    for one in casework.pauses:
        longest = f"For {interval_words(one.longest)} at most." if one.longest else "With an end date that is agreed."
        yield from _entry(one.title, one.source, one.what, longest)


def _formal(formal: Formal) -> Iterator[Said]:
    if (improve := formal.improvement) is not None:
        checked = " The authority looks at it first." if improve.check_first else ""
        copy = f" A copy goes to {improve.copy_to}." if improve.copy_to else ""
        words = f"Issued by: {ISSUER[improve.issuer]}; {improve.weeks} weeks as a rule.{checked}{copy}"
        yield from _entry("Notice to Improve", improve.source, words)
    if (contract := formal.contract) is not None:
        words = f"Made by: {ISSUER[contract.issuer]}; {contract.weeks} weeks as a rule."
        yield from _entry("Attendance contract", contract.source, words)
    if (penalty := formal.penalty) is not None:
        yield from _entry("Penalty notice", penalty.source, f"Issued by: {ISSUER[penalty.issuer]}.", penalty.what)
    if (court := formal.court) is not None:
        words = f"Prosecutes: {court.prosecutes}. Education supervision order: {court.supervises}."
        yield from _entry("Court", court.source, words, court.before)


def _contacts(casework: Casework) -> Iterator[Said]:
    for one in casework.contacts:
        reach = " · ".join(filter(None, (one.phone, one.email, one.web)))
        yield from _entry(
            one.title, one.source, one.what, reach or "Its words give no number: put the school’s own in."
        )


def _borders(casework: Casework) -> Iterator[Said]:
    for one in casework.borders:
        yield from _entry(f"{one.title}: {ANSWERS[one.who]}", one.source, one.words)


def _choices(casework: Casework) -> Iterator[Said]:
    for one in casework.choices:
        yield from _entry(one.key.replace("-", " ").capitalize(), one.source, one.says, f"Taken here: {one.takes}")


def _forms(casework: Casework) -> Iterator[Said]:
    for one in casework.forms:
        yield from _entry(one.title, one.source, "; ".join(field.title for field in one.fields))

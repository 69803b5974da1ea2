"""The cover of a bundle: whose it is, for whom, and what is on which page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_app.documents.flow import BODY, Flow
from desktop_app.documents.page import LEFT, MEASURE, RIGHT, Link
from desktop_app.documents.referral_sheet import year_words
from desktop_app.documents.type import clean
from desktop_app.documents.words import span_words
from desktop_app.domain.bundle import Stamp
from desktop_app.domain.people import Answer
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.display import long_date
from desktop_app.rules.session_lists import count_words

ROW, CLOSE_ROW = 21.75, 16.0
"""Of a line of the index: as a rule, and where it would not stay on the first page."""
NUMBER = 25.5
PAGE_ROOM = 40.0
LABEL, GAP = 42.0, 9.0
CONTENTS = 40.0
"""What the heading of the index takes, with the space around it."""


@dataclass(frozen=True, slots=True)
class IndexLine:
    """One line of the index: the part's number or the piece's label, its kind and title, the pages on which it begins
    and ends, and its bookmark. A piece stands in under its part."""

    label: str
    kind: str
    title: str
    page: int
    last: int
    mark: str
    piece: bool = False


def draw_cover(flow: Flow, file: CaseFile, stamp: Stamp, index: Sequence[IndexLine]) -> None:
    """The cover, with its index and the marking of the authority."""
    referral = file.referral
    flow.title(referral.title, " · ".join(text for text in (referral.subtitle, file.pack.title) if text))
    pupil, member = file.pupil, file.member
    year = f", {year_words(member.year)}" if member else ""
    known = f", known as {pupil.name}" if pupil.name != pupil.legal_name else ""
    about = f"{known}, born {long_date(pupil.date_of_birth)}{year}"
    flow.fact("Pupil", [(clean(pupil.legal_name), flow.type.bold), (clean(about), flow.type.regular)])
    flow.facts(_facts(file, stamp))
    marking = _marking(file, index)
    row, below = _room_for(flow, len(index), flow.box_height(marking))
    if not below:  # a long index goes on overleaf, and whose eyes it is for must stand on the first page
        flow.boxed(marking)
    flow.heading("Contents")
    for line in index:
        _line(flow, line, row)
    if below:
        flow.boxed(marking)


def _room_for(flow: Flow, lines: int, box: float) -> tuple[float, bool]:
    """How high a line of the index is, so that it stays on the page where it can; and whether the box fits below it."""
    for row in (ROW, CLOSE_ROW):
        if CONTENTS + lines * row + box <= flow.room:
            return row, True
    return CLOSE_ROW, False


def _facts(file: CaseFile, stamp: Stamp) -> Iterator[tuple[str, str]]:
    request = file.request
    last = min(request.last, request.on)
    yield "UPN", file.pupil.upn or "none"
    if file.parents:
        yield "Parents", " · ".join(_parent(parent) for parent in file.parents)
    weeks = {file.calendar.monday(day) for day in file.calendar.school_days(request.first, last)}
    yield "Period", f"{span_words(request.first, last)} ({count_words(len(weeks), 'school week', 'school weeks')})"
    figures = file.figures(request.first, last)
    yield "Unauthorised sessions", f"{figures.unauthorised} of {figures.possible} possible"
    author = stamp.prepared_by
    who = f"{author.name}, {author.position}" if author.position else author.name
    yield "Prepared by", f"{who}, {long_date(stamp.as_at.date())}"
    yield "For", file.referral.addressed_to


def _parent(parent: ContactCard) -> str:
    lives = " (lives with)" if parent.tie.lives_with is Answer.YES else ""
    return f"{parent.person.formal_name}{lives}"


def _marking(file: CaseFile, index: Sequence[IndexLine]) -> str:
    """The authority's marking, for whom the bundle is, and where its figures can be worked again."""
    said = f"{file.referral.marking}. Only for those named above."
    register = next((line for line in index if line.kind == "register"), None)
    if register is None:
        return said
    where = f"page {register.page}" if register.page == register.last else f"pages {register.page} to {register.last}"
    return f"{said} Every figure of this period can be worked again from the register on {where}."


def _line(flow: Flow, line: IndexLine, row: float) -> None:
    """One line of the index; a click on it leads to the part."""
    flow.need(row)
    regular = flow.type.regular
    base = flow.y + row / 2 + BODY * 0.35
    left = LEFT + NUMBER if line.piece else LEFT
    beside = left + (max(LABEL, regular.width(line.label, BODY) + GAP) if line.piece else NUMBER)
    title = regular.fit(clean(line.title), BODY, LEFT + MEASURE - beside - PAGE_ROOM)
    flow.page.text(left, base, line.label, regular, BODY)
    flow.page.text(beside, base, title, regular, BODY)
    flow.page.text_right(RIGHT, base, str(line.page), regular, BODY)
    flow.page.links.append(Link(LEFT, flow.y, MEASURE, row, line.mark))
    flow.y += row
    flow.page.across(flow.y)

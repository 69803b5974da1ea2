"""The headteacher’s declaration: lines with a box each, and a place to sign. Until it is signed it is a draft."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.documents.certificate import draft_mark, signature
from desktop_app.documents.flow import BODY, BODY_LEAD, Flow
from desktop_app.documents.page import LEFT, SECOND
from desktop_app.documents.register_print import ruled
from desktop_app.documents.type import clean
from desktop_app.documents.words import full_name, span_words
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.display import long_date
from desktop_app.rules.parts.declaration import Declared

BOX, BESIDE = 11.0, 26.0
PAD = 5.0
SMALL, SMALL_LEAD = 9.0, 13.0


def draw_declaration(flow: Flow, file: CaseFile, lines: Sequence[Declared], title: str) -> None:
    """The declaration about one child, and one parent where the bundle is of one."""
    top = flow.y
    flow.title(title, f"to {file.referral.addressed_to}")
    draft_mark(flow, top)
    flow.paragraph(f"I, the headteacher of {file.school.name}, declare of the absence of")
    born = f", born {long_date(file.pupil.date_of_birth)}"
    bold, regular = flow.type.bold, flow.type.regular
    flow.fact("Pupil", [(clean(full_name(file.pupil)), bold), (born, regular)])
    if file.parent is not None:
        flow.fact("Parent", [(clean(file.parent.person.formal_name), regular)])
    flow.fact("Period", [(span_words(file.request.first, min(file.request.last, file.request.on)), regular)])
    flow.space(14.0)
    for line in lines:
        _line(flow, line)
    flow.space(6.0)
    flow.paragraph(
        "A box is crossed where the school’s record shows it. The headteacher reads every line, crosses what else is "
        "true, strikes out what is not, and signs.",
        SMALL,
    )
    signature(flow, file.school.headteacher)


def _line(flow: Flow, line: Declared) -> None:
    """A box, the line, and under it what the record shows."""
    room = flow.size.measure - BESIDE
    says = flow.type.regular.wrap(clean(line.says), BODY, room)
    shows = flow.type.regular.wrap(clean(line.shows), SMALL, room) if line.shows else []
    height = len(says) * BODY_LEAD + len(shows) * SMALL_LEAD + 2 * PAD
    flow.need(min(height, flow.size.bottom - 100.0))
    y = flow.y + PAD
    ruled(flow.page, LEFT + 1.0, y + 1.5, BOX, BOX)
    if line.crossed:
        flow.page.text_centre(LEFT + 1.0 + BOX / 2, y + 10.8, "X", flow.type.bold, BODY)
    for text in says:
        flow.page.text(LEFT + BESIDE, y + 11.0, text, flow.type.regular, BODY)
        y += BODY_LEAD
    for text in shows:
        if y + SMALL_LEAD > flow.size.bottom:
            flow.new_page()
            y = flow.y
        flow.page.text(LEFT + BESIDE, y + 9.5, text, flow.type.regular, SMALL, SECOND)
        y += SMALL_LEAD
    flow.y = y + PAD
    flow.page.across(flow.y)

"""The roll-call on paper: whom to find, class by class, each with a box to tick."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.documents.flow import Flow
from desktop_app.documents.page import LEFT, MEASURE, SECOND, STRONG
from desktop_app.documents.type import clean
from desktop_app.domain.paper import RollClass, RollLine, Whereabouts

SIZE, LEAD, BOX = 11.0, 18.0, 10.0
COLUMNS = 2


def draw_roll_call(flow: Flow, classes: Sequence[RollClass], when: str) -> None:
    """The whole school's roll-call; a class never breaks its heading from its first children."""
    total = sum(one.look_for for one in classes)
    flow.title("Roll-call", f"{when} · {total} children to be found")
    for one in classes:
        _class(flow, one)


def _class(flow: Flow, of: RollClass) -> None:
    flow.heading(f"{of.class_name} · {of.look_for} to be found", 3 * LEAD)
    if not of.taken and of.look_for:
        flow.paragraph(f"REGISTER NOT TAKEN – look for all {of.look_for}", 11.5, bold=True)
    _boxes(flow, of.of(Whereabouts.UNSURE, Whereabouts.HERE), taken=of.taken)
    for where, words in ((Whereabouts.ELSEWHERE, "Elsewhere with the school"), (Whereabouts.AWAY, "Not in school")):
        named = of.of(where)
        if named:
            said = "; ".join(f"{line.name} ({line.says})" if line.says else line.name for line in named)
            flow.paragraph(f"{words}: {said}", 8.6, SECOND)
    flow.space(6.0)
    flow.paragraph("Counted: ______    Signed: ______________________________", 9.5)


def _boxes(flow: Flow, lines: Sequence[RollLine], *, taken: bool) -> None:
    width = MEASURE / COLUMNS
    for start in range(0, len(lines), COLUMNS):
        flow.need(LEAD)
        for place, line in enumerate(lines[start : start + COLUMNS]):
            x, y = LEFT + place * width, flow.y
            unsure = line.where is Whereabouts.UNSURE and taken
            face = flow.type.bold if unsure else flow.type.regular
            for at in (y + 3, y + 3 + BOX):
                flow.page.across(at, x, x + BOX, 0.9, STRONG)
            for at in (x, x + BOX):
                flow.page.down(at, y + 3, y + 3 + BOX, 0.9, STRONG)
            words = f"{line.name} – {line.says}" if unsure and line.says and taken else line.name
            flow.page.text(x + BOX + 6, y + 12.0, face.fit(clean(words), SIZE, width - BOX - 10), face, SIZE)
        flow.y += LEAD

"""The draft of a witness statement in a bundle: the declaration, numbered paragraphs, a signature on each page.

Sources: Criminal Procedure Rules, rule 16.2: the name and, of a witness under 18, the age at the beginning; the
declaration; the signature.
"""

from __future__ import annotations

from desktop_app.documents.certificate import draft_mark
from desktop_app.documents.flow import BODY, Flow
from desktop_app.documents.page import HEIGHT, LEFT, SECOND, STRONG, WIDTH, Page, Size
from desktop_app.documents.type import Type, clean, load_type
from desktop_app.domain.evidence import Statement
from desktop_app.rules.statement import OVER_18, declaration_words

FOR_SIGNATURE = 46.0
INDENT = 26.0
LEAD = 15.0
SIZE = Size(WIDTH, HEIGHT - FOR_SIGNATURE)
"""The page as far as the text may go: the line for the signature stands under it."""
TITLE = "Witness statement"
UNDER = "Criminal Justice Act 1967, section 9 · Criminal Procedure Rules, Part 16"


def draw_statement(flow: Flow, statement: Statement) -> None:
    """The statement of one witness, on pages after those there are. How many pages it has stands in it, so it is laid
    out again until that number is right."""
    pages = _counted(flow.type, statement)
    if flow.at_top:
        flow.pages.pop()
    flow.pages.extend(pages)
    flow.y = flow.size.bottom


def pages_of(statement: Statement) -> int:
    """How many pages the statement takes as it is drawn here."""
    return len(_counted(load_type(), statement))


def _counted(type_: Type, statement: Statement) -> list[Page]:
    pages, said = _lay_out(type_, statement, 1), 1
    while len(pages) > said:
        said = len(pages)
        pages = _lay_out(type_, statement, said)
    return pages


def _lay_out(type_: Type, statement: Statement, pages: int) -> list[Page]:
    flow = Flow(type_, SIZE)
    top = flow.y
    flow.title(TITLE, UNDER)
    draft_mark(flow, top)
    witness = statement.witness
    flow.facts([
        ("Statement of", witness.name or " "),
        ("Age if under 18", OVER_18),
        ("Position", witness.position or " "),
        ("About", statement.child),
    ])  # fmt: skip
    flow.space(12.0)
    flow.paragraph(declaration_words(statement.declaration, pages))
    number = 0
    for passage in statement.passages:
        flow.heading(passage.heading)
        for text in passage.paragraphs:
            number += 1
            _numbered(flow, number, text)
    for page in flow.pages:
        _signature(page, type_)
        page.size = Size(WIDTH, HEIGHT)
    return flow.pages


def _numbered(flow: Flow, number: int, text: str) -> None:
    """A paragraph under its number; its first two lines stay together."""
    face = flow.type.regular
    lines = face.wrap(clean(text), BODY, flow.size.measure - INDENT)
    flow.need(LEAD * min(len(lines), 2))
    flow.page.text(LEFT, flow.y + LEAD * 0.72, f"{number}.", face, BODY)
    for line in lines:
        flow.need(LEAD)
        flow.page.text(LEFT + INDENT, flow.y + LEAD * 0.72, line, face, BODY)
        flow.y += LEAD
    flow.y += 6.0


def _signature(page: Page, type_: Type) -> None:
    """A line to sign and one for the date at the foot of a page."""
    y = SIZE.bottom + FOR_SIGNATURE - 18.0
    split = LEFT + (SIZE.right - LEFT) * 0.64
    for x, end, words in ((LEFT, split - 18, "Signed"), (split, SIZE.right, "Date")):
        page.text(x, y, words, type_.regular, BODY, SECOND)
        page.across(y + 2.0, x + 40.0, end, 0.75, STRONG)

"""The draft of a witness statement as a Word file that the witness changes and signs.

A plain document of the program’s own making: numbered paragraphs, and on every page a line to sign and the number of
the page, which Word counts itself. Nothing in it runs or is fetched from elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from desktop_app.domain.evidence import Statement
from desktop_app.rules.statement import OVER_18, declaration_words

UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What XML cannot hold."""
LAST = (1980, 1, 1, 0, 0, 0)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

TYPES = (
    f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    + "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{OFFICE}.{kind}+xml"/>'
        for name, kind in (
            ("document", "document.main"),
            ("styles", "styles"),
            ("numbering", "numbering"),
            ("footer1", "footer"),
        )
    )
    + "</Types>"
)
RELS = (
    f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>'
)
PART_RELS = (
    f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    + "".join(
        f'<Relationship Id="rId{number}" Type="{R}/{kind}" Target="{target}.xml"/>'
        for number, (kind, target) in enumerate(
            (("styles", "styles"), ("numbering", "numbering"), ("footer", "footer1")), start=1
        )
    )
    + "</Relationships>"
)
STYLES = (
    f'{HEAD}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="Arial"/><w:sz w:val="22"/><w:szCs w:val="22"/>'
    '<w:lang w:val="en-GB"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="300" '
    'w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
    '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/>'
    '<w:rPr><w:b/><w:sz w:val="36"/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:keepNext/><w:spacing w:before="240"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Numbered"><w:name w:val="Numbered paragraph"/><w:basedOn w:val="Normal"/>'
    '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'
)
NUMBERING = (
    f'{HEAD}<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="singleLevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="567" w:hanging="567"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)
TABS = '<w:tabs><w:tab w:val="left" w:pos="5954"/></w:tabs>'
LINE = "_" * 34


def statement_word(statement: Statement, pages: int) -> bytes:
    """The Word file. `pages` stands in the declaration until Word has counted them. Equal ones are equal files."""
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELS,
        "word/_rels/document.xml.rels": PART_RELS,
        "word/document.xml": _document(statement, pages),
        "word/styles.xml": STYLES,
        "word/numbering.xml": NUMBERING,
        "word/footer1.xml": _footer(pages),
    }
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as file:
        for name, text in parts.items():
            info = ZipInfo(name, LAST)
            info.compress_type = ZIP_DEFLATED
            file.writestr(info, text.encode("utf-8"))
    return stream.getvalue()


def _document(statement: Statement, pages: int) -> str:
    body = "".join(_body(statement, pages))
    section = (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1134" w:right="1134" w:bottom="1985" w:left="1134" w:header="567" w:footer="567" '
        'w:gutter="0"/></w:sectPr>'
    )
    return f'{HEAD}<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}{section}</w:body></w:document>'


def _body(statement: Statement, pages: int) -> Iterator[str]:
    witness = statement.witness
    yield _paragraph([_run("Witness statement")], "Title")
    yield _paragraph([_run("Criminal Justice Act 1967, section 9; Criminal Procedure Rules, Part 16")])
    for label, value in (
        ("Statement of", witness.name),
        ("Age if under 18", OVER_18),
        ("Position", witness.position),
        ("About", statement.child),
    ):
        yield _paragraph([_run(f"{label}: ", bold=True), _run(value)])
    yield _paragraph(_declaration(statement.declaration, pages))
    yield _paragraph([_run("Signed: "), _run(LINE), _run("\tDate: ________________")], tabs=True)
    for passage in statement.passages:
        yield _paragraph([_run(passage.heading)], "Heading1")
        for text in passage.paragraphs:
            yield _paragraph([_run(text)], "Numbered")


def _declaration(declaration: str, pages: int) -> list[str]:
    """The declaration, with the number of pages as a field that Word fills."""
    before, after = declaration.split("{pages}")
    number, unit = declaration_words("{pages}", pages).split(" ")
    return [_run(before), _field("NUMPAGES", number), _run(f" {unit}{after}")]


def _footer(pages: int) -> str:
    signed = _paragraph([_run("Signed: "), _run(LINE), _run("\tDate: ________________")], tabs=True)
    where = _paragraph([_run("Page "), _field("PAGE", "1"), _run(" of "), _field("NUMPAGES", str(pages))])
    return f'{HEAD}<w:ftr xmlns:w="{W}">{signed}{where}</w:ftr>'


def _paragraph(runs: Iterable[str], style: str = "", *, tabs: bool = False) -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    properties = f"<w:pPr>{named}{TABS if tabs else ''}</w:pPr>" if named or tabs else ""
    return f"<w:p>{properties}{''.join(runs)}</w:p>"


def _run(text: str, *, bold: bool = False) -> str:
    """A run of text: a tab is Word’s own, an end of line too, and what XML cannot hold is gone."""
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    pieces = re.split(r"(\t|\r\n|\r|\n)", UNFIT.sub("", text))
    said = "".join(
        "<w:tab/>" if piece == "\t" else "<w:br/>" if piece[:1] in ("\r", "\n") else _text(piece)
        for piece in pieces
        if piece
    )
    return f"<w:r>{look}{said}</w:r>" if said else ""


def _text(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def _field(name: str, shown: str) -> str:
    return f'<w:fldSimple w:instr=" {name} "><w:r>{_text(shown)}</w:r></w:fldSimple>'

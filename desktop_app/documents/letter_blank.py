"""A plain letter as a small Word document, to go on with in Word: a paragraph a line, the fields as they stand."""

from __future__ import annotations

from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = (
    f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)


def blank_word(subject: str, body: str, *, right_to_left: bool = False) -> bytes:
    """The words of a template as a .docx; a heading loses its sign and is bold, as the subject is."""
    lines = [(subject, True), ("", False)]
    lines += [(line.removeprefix("# "), line.startswith("# ")) for line in body.split("\n")]
    paragraphs = "".join(_paragraph(words, bold=bold, right_to_left=right_to_left) for words, bold in lines)
    document = f'{_HEAD}<w:document xmlns:w="{_WORD}"><w:body>{paragraphs}</w:body></w:document>'
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", _TYPES)
        file.writestr("_rels/.rels", _RELATIONS)
        file.writestr("word/document.xml", document)
    return stream.getvalue()


def _paragraph(words: str, *, bold: bool, right_to_left: bool) -> str:
    way = "<w:pPr><w:bidi/></w:pPr>" if right_to_left else ""
    look = f"<w:rPr>{'<w:b/>' if bold else ''}{'<w:rtl/>' if right_to_left else ''}</w:rPr>"
    text = f'<w:r>{look}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>' if words else ""
    return f"<w:p>{way}{text}</w:p>"

"""Small Word documents made by hand: their parts as text, so that a test can put anything into one."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def paragraph(*pieces: str) -> str:
    """A paragraph whose text Word keeps in these pieces."""
    return "<w:p>" + "".join(f"<w:r><w:rPr><w:b/></w:rPr><w:t>{one}</w:t></w:r>" for one in pieces) + "</w:p>"


def document(*paragraphs: str) -> str:
    """The main part."""
    body = "".join(paragraphs)
    return f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'


def word_file(*paragraphs: str, **more: str) -> bytes:
    """A document; `more` are parts by name, with `/` written `__` and `.` written `_dot_`."""
    parts = {"[Content_Types].xml": TYPES, "_rels/.rels": RELS, "word/document.xml": document(*paragraphs)}
    parts |= {name.replace("__", "/").replace("_dot_", "."): text for name, text in more.items()}
    return packed(parts)


def packed(parts: dict[str, str]) -> bytes:
    """Parts as one file."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return stream.getvalue()


def part(content: bytes, name: str = "word/document.xml") -> str:
    """One part of a file."""
    with ZipFile(BytesIO(content)) as file:
        return file.read(name).decode("utf-8")

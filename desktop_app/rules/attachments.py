"""Which files are kept with an entry: what a file is, is read from its bytes, and its name has to agree.

A file is stored as it came, shown inside the window where it can be, and never run. What could run is refused, by what
it is and by what it is called. Sources: the school's own choice; the reserved names and characters are those of
Windows, on which a copy is saved.
"""

from __future__ import annotations

import lzma
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO

from desktop_app.domain.files import MEGABYTE, FileRules, FileType
from desktop_app.rules.file_names import RUNS, ending_of, name_fault, visible

PDF, PNG, JPEG, GIF = "application/pdf", "image/png", "image/jpeg", "image/gif"
TIFF, HEIC, TEXT = "image/tiff", "image/heic", "text/plain"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODT, ODS = "application/vnd.oasis.opendocument.text", "application/vnd.oasis.opendocument.spreadsheet"
OLD_WORD, OLD_EXCEL, OUTLOOK = "application/msword", "application/vnd.ms-excel", "application/vnd.ms-outlook"
KNOWN = frozenset({PDF, PNG, JPEG, GIF, TIFF, HEIC, TEXT, DOCX, XLSX, PPTX, ODT, ODS, OLD_WORD, OLD_EXCEL, OUTLOOK})
"""The media types that can be told by the bytes of a file. Which of them are kept is data."""
_OLD = {"doc": OLD_WORD, "xls": OLD_EXCEL, "msg": OUTLOOK}
_OFFICE = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ppt/presentation.xml": PPTX}
_OPEN = {ODT.encode(): ODT, ODS.encode(): ODS}
_FIRST = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
)
_HEIC = (b"heic", b"heix", b"heif", b"mif1", b"hevc")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RUNS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa", b"#!")
_MACROS = tuple(word.encode("utf-16-le") for word in ("_VBA_PROJECT", "Macros"))
_UNREADABLE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error),
    *(KeyError, ValueError, NotImplementedError, RuntimeError, OSError, EOFError),
)
"""What reading a broken archive can raise."""
_SEALED_OFFICE = "EncryptedPackage".encode("utf-16-le")
_LOCKED_PDF = re.compile(rb"/Encrypt\s+\d+\s+\d+\s+R")
_ENDS = {PDF: b"%%EOF", PNG: b"IEND", JPEG: b"\xff\xd9"}
"""By type: what a whole file has near its end; without it the rest never came. A camera may add to a JPEG after it."""
_MARKUP = re.compile(rb"\s*(<!doctype html|<html|<script|<\?xml|<svg|<%)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Told:
    """What is wrong with a file, after its name."""

    words: str


def kind_of(content: bytes, name: str, rules: FileRules) -> FileType | str:
    """What a file is by its bytes, or why it cannot be kept, with what to do. The ending decides only between types
    that are packed alike."""
    told, ending = f"“{visible(name)}”", ending_of(name)
    if not content:
        return f"{told} is empty. Look at it, and choose it again."
    if len(content) > rules.largest:
        return too_large(name, len(content), rules)
    media = _looked_at(content, ending)
    if isinstance(media, Told):
        return f"{told} {media.words}"
    found = rules.types.get(media or "")
    if found is None:
        kept = ", ".join(one.endings[0] for one in rules.types.values())
        return f"{told} is of a kind that is not kept here: {kept}. Save or scan it as a PDF."
    if ending in found.endings:
        return found
    endings = " or ".join(f".{one}" for one in found.endings)
    return f"{told} is called .{visible(ending)}, and is a {found.title}. If it is what you want, call it {endings}."


def _looked_at(content: bytes, ending: str) -> str | Told | None:
    """The media type, or what is wrong with it; None where it is of no kind that can be told."""
    if content.startswith(_RUNS) or _MARKUP.match(content[:512]):
        return Told(RUNS)
    return _by_first_bytes(content) or _packed(content) or _old_office(content, ending) or _text(content)


def fault(name: str, content: bytes, rules: FileRules) -> str | None:
    """Why a file cannot be kept, by its name, else by its bytes; None where it can."""
    wrong = name_fault(name)
    if wrong is not None:
        return wrong
    found = kind_of(content, name, rules)
    return found if isinstance(found, str) else None


def too_large(name: str, size: int, rules: FileRules) -> str:
    """The sentence about a file above the limit."""
    return (
        f"“{visible(name)}” has {size / MEGABYTE:,.0f} MB; {rules.largest // MEGABYTE} MB are kept at most. Scan it "
        "smaller, or in parts."
    )


def too_many(number: int, rules: FileRules) -> str:
    """The sentence about too many files with one entry."""
    return f"{number} files are more than the {rules.most} that are kept with one entry. Put them on several."


def _by_first_bytes(content: bytes) -> str | Told | None:
    found = _begun(content)
    if found is None:
        return None
    if _ENDS.get(found, b"") not in (content if found == JPEG else content[-4096:]):
        return Told("is not whole: its end is missing. Copy, scan or download it again.")
    if found == PDF and _LOCKED_PDF.search(content):
        return Told("is locked with a password. Ask for one without, or print it to a new PDF.")
    return found


def _begun(content: bytes) -> str | None:
    """The type by the first bytes alone."""
    if b"%PDF-" in content[:1024]:
        return PDF
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        return HEIC
    return next((kind for first, kind in _FIRST if content.startswith(first)), None)


def _packed(content: bytes) -> str | Told | None:
    """A document that is a ZIP archive inside. An archive of anything else is refused: what is in it is not seen."""
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
            first = _start_of(archive, "mimetype") if "mimetype" in names else b""
    except _UNREADABLE:
        return Told("is damaged or locked with a password. Ask for it again, or for a PDF.")
    if any("vbaproject" in name.casefold() or name.startswith(("Basic/", "Scripts/")) for name in names):
        return Told("holds macros, which are programs. Ask for a PDF of it.")
    kind = next((kind for name, kind in _OFFICE.items() if name in names), None) or _OPEN.get(first)
    return kind or Told("is an archive. Take out the files you need, and choose those.")


def _start_of(archive: zipfile.ZipFile, name: str) -> bytes:
    """The first bytes of a packed file, and no more of it: what unpacks to gigabytes is never unpacked."""
    with archive.open(name) as packed:
        return packed.read(100)


def _old_office(content: bytes, ending: str) -> str | Told | None:
    if not content.startswith(_OLE):
        return None
    if _SEALED_OFFICE in content:
        return Told("is locked with a password. Ask for one without, or for a PDF.")
    if any(word in content for word in _MACROS):
        return Told("holds macros, which are programs. Ask for a PDF of it.")
    return _OLD.get(ending)


def _text(content: bytes) -> str | None:
    if b"\x00" in content:
        return None
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return TEXT

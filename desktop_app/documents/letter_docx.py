"""Letters from a Word file of the school's own: fields alone, and nothing in the file is ever run.

A field is written as in plain templates, `[child]`, and may be typed in several pieces, as Word keeps it. Only the text
of those fields is changed; every other byte of the file's parts stays as the school made it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import BytesIO
from xml.etree.ElementTree import ParseError
from xml.sax.saxutils import escape, unescape
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from desktop_app.domain.errors import Refused
from desktop_app.domain.letters import LetterField
from desktop_app.rules.letters import field_key, plain_value, template_faults, tidy

LARGEST, UNPACKED, MEMBERS = 5_000_000, 40_000_000, 500
"""Bytes of a file, bytes of it unpacked, and parts in it: a letter has far less of each."""

_PARTS = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_TEXT = re.compile(r"(<w:t(?:\s[^>]*)?>)([^<]*)(</w:t>)")
_PARAGRAPH = re.compile(r"</?w:p[\s>]")
_BRACKET = re.compile(r"\[\[|\]\]|\[([^\[\]]*)\]")
_RUNS = re.compile(r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|MACROBUTTON|LINK|IMPORT|DATABASE)\b", re.IGNORECASE)
_INSTRUCTION = re.compile(r"<w:instrText[^>]*>([^<]*)</w:instrText>|w:instr=\"([^\"]*)\"")
_OUTSIDE = re.compile(r"<Relationship\b[^>]*TargetMode=\"External\"[^>]*>", re.IGNORECASE)
_HYPERLINK = re.compile(r"Type=\"[^\"]*/hyperlink\"")
_PROGRAMS = re.compile(r"vbaproject|vbadata|activex|/embeddings/|oleobject|\.bin$|\.exe$|\.js$|\.vbs$", re.IGNORECASE)


def check_word(content: bytes, fields: Iterable[LetterField]) -> str:
    """Look through a Word file that is to be a template: its words, a paragraph a line. Raises `Refused`, saying what
    is wrong, where it is no Word document, brings a program or something from outside with it, or has a field that is
    not known."""
    parts = _read(content)
    said = "\n".join(line for text in parts.values() for line in _paragraphs(text))
    if not said.strip():
        raise Refused("The Word file says nothing: write the letter in it first.")
    if faults := template_faults("subject", said, fields):
        raise Refused("\n".join(fault.replace("Line", "Paragraph", 1) for fault in faults[:5]))
    return tidy(said)


def fill_word(content: bytes, values: Mapping[str, str]) -> bytes:
    """The template with its fields filled, as a Word file. What is filled in is text: whatever it holds stays that."""
    filled = {name: _fill(text, values) for name, text in _read(content).items()}
    stream = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for member in old.infolist():
            # A fixed date: the file says when the letter was made in words, and equal letters are equal files.
            info = ZipInfo(member.filename, (1980, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_DEFLATED
            text = filled.get(member.filename)
            new.writestr(info, old.read(member) if text is None else text.encode("utf-8"))
    return stream.getvalue()


def _read(content: bytes) -> Mapping[str, str]:
    """The parts with words in them, once the file is known to be harmless."""
    if len(content) > LARGEST:
        raise Refused(f"The Word file has {len(content):,} bytes: no more than {LARGEST:,} fit in a letter.")
    try:
        with ZipFile(BytesIO(content)) as file:
            members = file.infolist()
            if len(members) > MEMBERS or sum(one.file_size for one in members) > UNPACKED:
                raise Refused("The Word file is far larger inside than a letter is. It was not taken.")
            _check_names([one.filename for one in members])
            parts = {one.filename: _text(file.read(one)) for one in members if _is_xml(one.filename)}
    except (BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise Refused("That is no Word document (.docx), or it is damaged. Save it from Word again.") from error
    for name, text in parts.items():
        _check_part(name, text)
    return {name: text for name, text in parts.items() if _PARTS.fullmatch(name)}


def _is_xml(name: str) -> bool:
    return name.endswith(".rels") or _PARTS.fullmatch(name) is not None


def _check_names(names: Sequence[str]) -> None:
    if "word/document.xml" not in names or "[Content_Types].xml" not in names:
        raise Refused("That is no Word document (.docx). Save the letter from Word as a document.")
    if len(set(names)) < len(names):
        raise Refused("The Word file is damaged: a part of it stands there twice. Save it from Word again.")
    if any(_PROGRAMS.search(one) for one in names):
        raise Refused("The Word file brings a program or another file inside it. Save it as .docx without macros.")


def _text(content: bytes) -> str:
    """A part as text, known to be sound XML without a definition of its own."""
    try:
        fromstring(content, forbid_dtd=True)
        return content.decode("utf-8-sig")
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise Refused("The Word file is damaged inside. Save it from Word again.") from error


def _check_part(name: str, text: str) -> None:
    if name.endswith(".rels"):
        if any(not _HYPERLINK.search(found[0]) for found in _OUTSIDE.finditer(text)):
            raise Refused("The Word file fetches something from elsewhere when it is opened. Put it into the file.")
        return
    for found in _INSTRUCTION.finditer(text):
        if run := _RUNS.search(unescape(found[1] or found[2] or "")):
            raise Refused(f"The Word file has a field of Word’s own that fetches or runs something: {run[0].upper()}.")


def _groups(text: str) -> Iterator[list[re.Match[str]]]:
    """The pieces of text of each paragraph."""
    group: list[re.Match[str]] = []
    end = 0
    for piece in _TEXT.finditer(text):
        if group and _PARAGRAPH.search(text, end, piece.start()):
            yield group
            group = []
        group.append(piece)
        end = piece.end()
    if group:
        yield group


_ENTITIES = {"&quot;": '"', "&apos;": "'"}


def _paragraphs(text: str) -> Iterator[str]:
    for group in _groups(text):
        yield "".join(unescape(piece[2], _ENTITIES) for piece in group)


def _fill(text: str, values: Mapping[str, str]) -> str:
    done: list[str] = []
    end = 0
    for group in _groups(text):
        pieces = [unescape(piece[2], _ENTITIES) for piece in group]
        for piece, new in zip(group, _filled(pieces, values), strict=True):
            done += [text[end : piece.start()], *_set(piece, new)]
            end = piece.end()
    return "".join([*done, text[end:]])


def _filled(pieces: Sequence[str], values: Mapping[str, str]) -> list[str]:
    """The pieces with the fields filled: a field stands in the piece in which it began."""
    whole = "".join(pieces)
    starts = [0]
    for piece in pieces:
        starts.append(starts[-1] + len(piece))
    new = ["" for _ in pieces]

    def put(begin: int, stop: int) -> None:
        for at, piece in enumerate(pieces):
            first, last = max(begin, starts[at]), min(stop, starts[at + 1])
            if first < last:
                new[at] += piece[first - starts[at] : last - starts[at]]

    end = 0
    for found in _BRACKET.finditer(whole):
        put(end, found.start())
        at = next(at for at in range(len(pieces)) if starts[at] <= found.start() < starts[at + 1])
        new[at] += plain_value(values.get(field_key(found[1]), "")) if found[1] is not None else found[0][0]
        end = found.end()
    put(end, len(whole))
    return new


def _set(piece: re.Match[str], text: str) -> Iterable[str]:
    """A piece of text with what it says now; spaces at its ends kept, line ends as Word's own."""
    if text == unescape(piece[2], _ENTITIES):
        return (piece[0],)
    lines = [f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n")]
    return ("<w:br/>".join(lines),)

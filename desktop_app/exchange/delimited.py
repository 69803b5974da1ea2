"""CSV and its kin: which encoding, and rows of text with comma, semicolon or tab between them."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from desktop_app.domain.errors import Refused

DELIMITERS = (",", ";", "\t")
CHUNK = 1 << 20
UTF16_SAMPLE = 4_096


def encoding_of(content: bytes) -> str:
    """The encoding of a text file: by its byte-order mark, else UTF-16 by its zero bytes, else UTF-8, else cp1252."""
    if content.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = content[:UTF16_SAMPLE]
    for name, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if len(zeros) > 8 and zeros.count(0) > 0.8 * len(zeros):
            return name
    return "utf-8" if _is_utf8(content) else "cp1252"


def rows_of(content: bytes, encoding: str, delimiter: str, name: str) -> Iterator[list[str]]:
    """The rows of a file, in order; the blank ones too, so that they can be counted.

    Raises `Refused`, naming the row, where a quotation mark is left open or a character is not of the encoding.
    """
    row = 0
    try:
        for cells in csv.reader(_text(content, encoding), delimiter=delimiter, strict=True):
            row += 1
            yield cells
    except csv.Error as error:
        raise Refused(f"{name}, row {row + 1}: {_in_words(str(error))}") from error
    except UnicodeError as error:
        raise Refused(
            f"{name}, row {row + 1} or a little after it: the text cannot be read as {encoding.upper()}. "
            "If it is a list at all, save it again as “CSV UTF-8”."
        ) from error


def lines_in(content: bytes, encoding: str) -> int:
    """How many lines a file has, about: rows may hold line breaks of their own."""
    feeds = content.count(b"\n\x00" if encoding in ("utf-16", "utf-16-le") else b"\n")
    return feeds or content.count(b"\r")


def _text(content: bytes, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(content), encoding=encoding, newline="")


def _is_utf8(content: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(content), CHUNK):
            decoder.decode(content[start : start + CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _in_words(error: str) -> str:
    if "field limit" in error:
        return "a cell is far too long; perhaps a quotation mark is opened and never closed."
    return 'a quotation mark (") is opened and not closed in the right place.'

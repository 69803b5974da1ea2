"""A letter as it goes into an envelope with a window: head, address, date and reference, the words, the signature.

The address lies where the window of a DL envelope is (20 mm from the left, 45 to 80 mm from the top, folded in three).
A letter in a script that runs from right to left is set from the right; its address and the school's name are not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from typing import Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from desktop_app.documents.page import BLACK, HEIGHT, SECOND, WIDTH
from desktop_app.documents.pen import Pen
from desktop_app.documents.script import is_plain, set_line, turns
from desktop_app.documents.type import Face, Type, clean, load_type
from desktop_app.domain.letters import LetterSheet
from desktop_app.rules.letters import LEFT_MARK

LEFT = 62.0
RIGHT = WIDTH - 62.0
MEASURE = RIGHT - LEFT
HEAD_TOP = 40.0
LOGO = (150.0, 64.0)
ADDRESS_TOP = 140.0
ADDRESS_LINES = 7
ADDRESS_STEP = 13.2
ADDRESS_ROOM = 230.0
SUBJECT_TOP = 268.0
NEXT_TOP = 84.0
BOTTOM = HEIGHT - 68.0
FOOT = HEIGHT - 38.0
BODY, SUBJECT, SMALL = 10.8, 12.6, 8.6
STEP, STEP_RIGHT_TO_LEFT = 15.4, 20.5
GAP = 7.5
INDENT = 14.0
SIGNATURE = (150.0, 42.0)
WIDOW = 2


@dataclass(slots=True)
class _Piece:
    """Text at its baseline; `right`: it ends at `x` instead of beginning there."""

    x: float
    y: float
    text: str
    bold: bool
    size: float
    grey: float = BLACK
    right: bool = False
    right_to_left: bool = False


@dataclass(slots=True)
class _Leaf:
    """One page of a letter."""

    pieces: list[_Piece] = field(default_factory=list[_Piece])
    pictures: list[tuple[bytes, float, float, float, float]] = field(
        default_factory=list[tuple[bytes, float, float, float, float]]
    )
    rules: list[tuple[float, float, float]] = field(default_factory=list[tuple[float, float, float]])


def letter_pdf(sheet: LetterSheet, made: datetime) -> tuple[bytes, int]:
    """One letter as a PDF of its own, and how many pages it has."""
    type_ = load_type()
    leaves = _lay_out(sheet, type_)
    stream = BytesIO()
    tongue = "en-GB" if sheet.language.key == "en" else sheet.language.key
    canvas: Any = Canvas(stream, pagesize=(WIDTH, HEIGHT), pageCompression=1, invariant=1, lang=tongue)
    canvas.setTitle(sheet.subject)
    canvas.setAuthor(sheet.school)
    canvas.setCreator("Rollbook")
    canvas.setProducer("Rollbook")
    canvas.setSubject(sheet.reference)
    canvas.setDateFormatter(_dated(made))
    for leaf in leaves:
        _draw(canvas, leaf, type_)
        canvas.showPage()
    canvas.save()
    return stream.getvalue(), len(leaves)


def _dated(made: datetime) -> Callable[..., str]:
    """What reportlab asks for the date of the file."""

    def said(*_: object) -> str:
        return f"D:{made:%Y%m%d%H%M%S}"

    return said


def wrap(text: str, face: Face, size: float, room: float) -> list[str]:
    """A text in lines that fit, in the order in which it is read."""
    if not turns(text):
        return face.wrap(text, size, room)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}" if line else word
            if line and face.width(longer, size) > room:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines


class _Setter:
    """Sets the words of a letter page by page."""

    def __init__(self, sheet: LetterSheet, type_: Type) -> None:
        self.sheet, self.type = sheet, type_
        self.backwards = sheet.language.right_to_left
        self.step = STEP_RIGHT_TO_LEFT if self.backwards else STEP
        self.leaves = [_Leaf()]
        self.y = SUBJECT_TOP

    @property
    def leaf(self) -> _Leaf:
        return self.leaves[-1]

    def need(self, room: float) -> None:
        """Begin a page where that much does not fit on this one."""
        if self.y + room > BOTTOM:
            self.leaves.append(_Leaf())
            self.y = NEXT_TOP

    def lines(
        self, text: str, size: float, *, bold: bool = False, indent: float = 0.0, point: bool = False, keep: float = 0.0
    ) -> None:
        """A paragraph; with `point` it is one of a list, with `keep` it stays with what follows."""
        face = self.type.bold if bold else self.type.regular
        lines = wrap(text, face, size, MEASURE - indent)
        step = self.step * size / BODY
        for number, line in enumerate(lines):
            left = len(lines) - number
            together = min(left, WIDOW) if number == 0 or left == WIDOW else 1
            self.need(step * together + keep)
            self.y += step
            if point and number == 0:
                self._put("•", size, bold=False, indent=2.0)
            self._put(line, size, bold=bold, indent=indent)

    def _put(self, text: str, size: float, *, bold: bool, indent: float) -> None:
        x = RIGHT - indent if self.backwards else LEFT + indent
        self.leaf.pieces.append(_Piece(x, self.y, text, bold, size, right=self.backwards, right_to_left=self.backwards))

    def body(self, text: str) -> None:
        """The words, paragraph by paragraph; the last of them goes with the signature, where it is not too long."""
        paragraphs = text.split("\n\n")
        for number, paragraph in enumerate(paragraphs, start=1):
            if number == len(paragraphs):
                together = self._height(paragraph) + self._closing_height
                if together < (BOTTOM - NEXT_TOP) / 2:
                    self.need(together)
            for line in paragraph.split("\n"):
                if line.startswith("# "):
                    self.y += GAP / 2
                    self.lines(line[2:], BODY + 0.8, bold=True, keep=self.step * 2)
                elif line.startswith("- "):
                    self.lines(line[2:], BODY, indent=INDENT, point=True)
                else:
                    self.lines(line, BODY)
            self.y += GAP

    @property
    def _closing_height(self) -> float:
        return self.step * (1 + len(self.sheet.signed)) + SIGNATURE[1] + 14.0

    def _height(self, paragraph: str) -> float:
        lines = (wrap(line, self.type.regular, BODY, MEASURE - INDENT) for line in paragraph.split("\n"))
        return sum(map(len, lines)) * self.step + GAP

    def closing(self) -> None:
        """The closing words with the signature and who signs, never parted."""
        sheet = self.sheet
        height = SIGNATURE[1] + 14.0
        self.need(self._closing_height)
        self.lines(sheet.language.closing, BODY)
        if sheet.signature:
            self._picture(sheet.signature, height)
        self.y += height
        for number, line in enumerate(sheet.signed):
            self.lines(line, BODY, bold=number == 0)

    def _picture(self, content: bytes, height: float) -> None:
        wide_, high = fit_picture(content, *SIGNATURE)
        x = RIGHT - wide_ if self.backwards else LEFT
        self.leaf.pictures.append((content, x, self.y + (height - high) / 2, wide_, high))


def _lay_out(sheet: LetterSheet, type_: Type) -> list[_Leaf]:
    sheet = _cleaned(sheet)
    setter = _Setter(sheet, type_)
    _head(setter.leaf, sheet, type_)
    _address(setter.leaf, sheet, type_)
    setter.lines(sheet.subject, SUBJECT, bold=True, keep=setter.step)
    setter.y += GAP
    setter.body(sheet.body)
    setter.closing()
    _numbers(setter.leaves, sheet, type_)
    return setter.leaves


def _clean(text: str) -> str:
    """As it is set, with the marks of direction kept, which are worked out before anything is drawn."""
    return text if text.isascii() else LEFT_MARK.join(map(clean, text.split(LEFT_MARK)))


def _cleaned(sheet: LetterSheet) -> LetterSheet:
    return replace(
        sheet,
        school=_clean(sheet.school),
        school_lines=tuple(map(_clean, sheet.school_lines)),
        to_lines=tuple(map(_clean, sheet.to_lines)),
        subject=_clean(sheet.subject),
        body=_clean(sheet.body),
        signed=tuple(map(_clean, sheet.signed)),
    )


def _head(leaf: _Leaf, sheet: LetterSheet, type_: Type) -> None:
    """The school: its logo at the left, its name and how to reach it at the right."""
    taken = 0.0
    if sheet.logo:
        wide_, high = fit_picture(sheet.logo, *LOGO)
        leaf.pictures.append((sheet.logo, LEFT, HEAD_TOP, wide_, high))
        taken = wide_ + 16.0
    y, size = HEAD_TOP + 11.0, 15.0
    while size > SMALL and type_.bold.width(sheet.school, size) > MEASURE - taken:
        size -= 0.5
    leaf.pieces.append(_Piece(RIGHT, y, sheet.school, True, size, right=True))
    y += 3.0
    for text in sheet.school_lines:
        for line in wrap(text, type_.regular, SMALL, MEASURE - taken):
            y += 12.0
            leaf.pieces.append(_Piece(RIGHT, y, line, False, SMALL, SECOND, right=True))
    leaf.rules.append((LEFT, RIGHT, max(y + 9.0, HEAD_TOP + LOGO[1] + 8.0 if sheet.logo else 0.0)))


def _address(leaf: _Leaf, sheet: LetterSheet, type_: Type) -> None:
    """To whom, in the window; date and reference beside it."""
    y = ADDRESS_TOP
    lines = [line for text in sheet.to_lines for line in wrap(text, type_.regular, BODY, ADDRESS_ROOM)]
    crowded = max(len(lines) / ADDRESS_LINES, 1.0)
    for line in lines:
        y += ADDRESS_STEP / crowded
        leaf.pieces.append(_Piece(LEFT, y, line, False, BODY / crowded))
    beside = (sheet.date, f"{sheet.language.reference}: {sheet.reference}" if sheet.reference else "")
    for number, text in enumerate(beside, start=1):
        leaf.pieces.append(
            _Piece(
                RIGHT,
                ADDRESS_TOP + number * (ADDRESS_STEP + 3),
                text,
                False,
                BODY if number == 1 else 9.4,
                BLACK if number == 1 else SECOND,
                right=True,
                right_to_left=sheet.language.right_to_left,
            )
        )


def _numbers(leaves: Sequence[_Leaf], sheet: LetterSheet, type_: Type) -> None:
    """Which page of how many, on a letter of several; and what they belong to, from the second on."""
    if len(leaves) == 1:
        return
    backwards = sheet.language.right_to_left
    for number, leaf in enumerate(leaves, start=1):
        where = sheet.language.page.format(number, len(leaves))
        size = 9.0
        x = (WIDTH + type_.regular.width(where, size)) / 2
        leaf.pieces.append(_Piece(x, FOOT, where, False, size, SECOND, right=True, right_to_left=backwards))
        if number > 1:
            head = f"{sheet.school} · {sheet.reference}" if sheet.reference else sheet.school
            head = head if turns(head) else type_.regular.fit(head, SMALL, MEASURE)
            leaf.pieces.append(_Piece(RIGHT, HEAD_TOP + 12.0, head, False, SMALL, SECOND, right=True))
            leaf.rules.append((LEFT, RIGHT, HEAD_TOP + 21.0))


@lru_cache(maxsize=8)
def _reader(content: bytes) -> Any:
    return ImageReader(BytesIO(content))


def fit_picture(content: bytes, width: float, height: float) -> tuple[float, float]:
    """How large a picture is drawn so that it fits, its shape kept."""
    wide_, high = _reader(content).getSize()
    scale = min(width / wide_, height / high)
    return wide_ * scale, high * scale


def _draw(canvas: Any, leaf: _Leaf, type_: Type) -> None:
    canvas.setLineWidth(0.6)
    canvas.setStrokeGray(0.62)
    for x1, x2, y in leaf.rules:
        canvas.line(x1, HEIGHT - y, x2, HEIGHT - y)
    for content, x, y, wide_, high in leaf.pictures:
        canvas.drawImage(_reader(content), x, HEIGHT - y - high, wide_, high)
    pen = Pen(canvas)
    for piece in leaf.pieces:
        face = type_.bold if piece.bold else type_.regular
        if not piece.right_to_left and is_plain(piece.text):
            x = piece.x - face.width(piece.text, piece.size) if piece.right else piece.x
            pen.plain(x, HEIGHT - piece.y, piece.text, face.name, piece.size, piece.grey)
        else:
            line = set_line(piece.text, bold=piece.bold, right_to_left=piece.right_to_left)
            x = piece.x - line.width * piece.size if piece.right else piece.x
            pen.line(x, HEIGHT - piece.y, line, piece.size, piece.grey)
    pen.put_down()

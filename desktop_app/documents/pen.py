"""One text object of a page: the face and the grey are said only when they change, whatever script a line is in."""

from __future__ import annotations

from typing import Any

from desktop_app.documents.script import Run, SetLine


class Pen:
    """Writes texts at places counted from the lower left corner of the page."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self._text: Any = canvas.beginText()
        self._look: tuple[str, float] = ("", 0.0)
        self._grey = -1.0

    def plain(self, x: float, y: float, text: str, face: str, size: float, grey: float) -> None:
        """A text that is written from left to right alone."""
        self._say(face, size, grey)
        self._text.setTextOrigin(x, y)
        self._text.textOut(text)

    def line(self, x: float, y: float, line: SetLine, size: float, grey: float) -> None:
        """A line of a script that joins or turns: each run says beside its signs what it reads, for whoever copies it
        or has it read out."""
        for run in line.runs:
            self._text._code.append(_spoken(run))  # noqa: SLF001 - reportlab has no other way to mark what is drawn
            for one in run.glyphs:
                self.plain(x + one.x * size, y + one.rise * size, one.signs, one.face, size * one.size, grey)
            self._text._code.append("EMC")  # noqa: SLF001

    def put_down(self) -> None:
        """Put all of it on the page."""
        self._canvas.drawText(self._text)

    def _say(self, face: str, size: float, grey: float) -> None:
        if (face, size) != self._look:
            self._look = (face, size)
            self._text.setFont(face, size)
        if grey != self._grey:
            self._grey = grey
            self._text.setFillGray(grey)


def _spoken(run: Run) -> str:
    return f"/Span <</ActualText <FEFF{run.text.encode('utf-16-be').hex().upper()}>>> BDC"

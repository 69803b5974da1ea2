"""How each cell of the register looks, worked out once and kept until its row or the theme changes."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex
from PySide6.QtGui import QColor, QFont

from desktop_app.actions.register_page import Cell, ColumnState, Row
from desktop_app.domain.rulebook import Band
from desktop_app.rules.display import percent
from ui.parts.chip import chip_text, chip_words
from ui.register.model import SESSIONS, RegisterModel
from ui.theme import Theme
from ui.tokens import MarkLook, TextRole


@dataclass(frozen=True, slots=True)
class Face:
    """One cell, ready to be drawn. `left` is where the letter begins, from the middle of the cell; `extra` is true
    where there is more than a fill and a letter: a box, a corner, or the dashes under what is only planned."""

    fill: QColor
    text: str
    font: QFont
    ink: QColor
    left: int
    extra: bool = False
    hatched: bool = False
    boxed: bool = False
    minutes: bool = False
    note: bool = False
    planned: bool = False


@dataclass(frozen=True, slots=True)
class ChipFace:
    """A band's chip, ready to be drawn."""

    text: str
    width: int
    height: int
    fill: QColor | None
    ink: QColor
    outline: QColor


@dataclass(frozen=True, slots=True)
class Figure:
    """The figures of one pupil, ready to be drawn."""

    rate: str
    width: int
    known: bool
    chip: ChipFace | None


class Faces:
    """The faces of the shown rows. It listens to the model, so a face is never older than its row."""

    def __init__(self, theme: Theme, model: RegisterModel) -> None:
        self._theme = theme
        self._model = model
        self._rows: dict[int, tuple[Face, ...]] = {}
        self._figures: dict[int, Figure] = {}
        self._chips: dict[str, ChipFace] = {}
        self._letters: dict[tuple[str, str], tuple[MarkLook, QFont, int]] = {}
        model.dataChanged.connect(self._changed)
        model.modelReset.connect(self.forget)

    def forget(self) -> None:
        """Work everything out again: another page, or another theme."""
        for kept in (self._rows, self._figures, self._chips, self._letters):
            kept.clear()

    def of(self, row: int, column: int) -> Face:
        """The face of a session's cell."""
        faces = self._rows.get(row)
        if faces is None:
            cells = self._model.row_at(row).cells
            faces = self._rows[row] = tuple(self._face(row, place, cell) for place, cell in enumerate(cells))
        return faces[column]

    def figure(self, row: int) -> Figure:
        """The figures at the right of a row."""
        figure = self._figures.get(row)
        if figure is None:
            figure = self._figures[row] = self._figure(self._model.row_at(row))
        return figure

    def _changed(
        self, first: QModelIndex | QPersistentModelIndex, last: QModelIndex | QPersistentModelIndex, roles: object
    ) -> None:
        del roles
        for row in range(first.row(), last.row() + 1):
            self._rows.pop(row, None)
            if last.column() >= SESSIONS:
                self._figures.pop(row, None)

    def _face(self, row: int, column: int, cell: Cell) -> Face:
        state = self._model.columns[column].state
        typed = self._model.waiting_at(row, column)
        mark = None if typed else cell.mark
        text = self._model.shown_at(row, column)
        manner = _manner(cell, typed, state)
        look, font, width = self._letter(text, manner)
        fill = self._theme.colour(look.fill or ("page" if state is ColumnState.FUTURE else "surface"))
        hatched = bool(cell.why) and state in (ColumnState.OPEN, ColumnState.CLOSED)
        minutes, note = mark is not None and mark.minutes is not None, mark is not None and bool(mark.note)
        ink = self._theme.colour(look.text)
        planned = manner == "planned"
        extra = look.boxed or minutes or note or planned
        return Face(fill, text, font, ink, 1 - width // 2, extra, hatched, look.boxed, minutes, note, planned)

    def _letter(self, text: str, manner: str) -> tuple[MarkLook, QFont, int]:
        found = self._letters.get((text, manner))
        if found is None:
            look = self._look(text, manner)
            role = TextRole.STRONG if look.bold else TextRole.BODY
            role = role if self._model.day < 0 else TextRole.PAGE_TITLE
            font = self._theme.font(role)
            font.setItalic(look.italic)
            found = self._letters[text, manner] = (look, font, self._theme.metrics(role).horizontalAdvance(text))
        return found

    def _look(self, text: str, manner: str) -> MarkLook:
        code = self._model.codes.get(text)
        match manner:
            case "mark":
                return self._theme.mark(None, code)
            case "planned":
                return self._theme.mark(None, code, planned=True)
            case "closed":
                return self._theme.closed_look()
            case _:
                return MarkLook("", self._theme.palette.second, italic=True)

    def _figure(self, row: Row) -> Figure:
        rate = row.figures.attendance
        shown = "–" if rate is None else percent(rate)
        width = self._theme.metrics(TextRole.BODY).horizontalAdvance(shown)
        return Figure(shown, width, rate is not None, self._chip(row.band) if row.band else None)

    def _chip(self, band: Band) -> ChipFace:
        found = self._chips.get(band.key)
        if found is None:
            pair = self._theme.band(band.shape)
            text = chip_text(chip_words(band), pair)
            metrics = self._theme.metrics(TextRole.SECONDARY_STRONG)
            colour = self._theme.colour
            found = self._chips[band.key] = ChipFace(
                text=text,
                width=metrics.horizontalAdvance(text) + self._theme.space(4),
                height=metrics.height() + self._theme.space(1),
                fill=colour(pair.fill) if pair.fill else None,
                ink=colour(pair.text),
                outline=colour(pair.outline),
            )
        return found


def _manner(cell: Cell, typed: str, state: ColumnState) -> str:
    if typed:
        return "waiting"
    if cell.mark is not None:
        return "mark"
    if cell.planned:
        return "planned"
    return "closed" if state is ColumnState.NO_SCHOOL else "blank"

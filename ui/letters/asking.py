"""What letters are made of: the kind, about whom, the days of the figures, and what has to be typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.actions.letter_book import letter_book, letter_kinds, typed_fields, why_no_power
from desktop_app.actions.letter_whom import letter_classes, named_children, names_of, whole_class
from desktop_app.domain.errors import Refused
from desktop_app.domain.letters import LetterOptions, LetterRule
from ui.letters.words import SENT
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.field import Field
from ui.parts.flow import Columns
from ui.parts.inputs import Choice, DateEdit, LineEdit, NoteEdit
from ui.parts.rows import Column, RowsModel
from ui.parts.scroll import slim_bars
from ui.parts.table import DataTable
from ui.parts.text import Label
from ui.reader import Reader, once
from ui.runner import words_of
from ui.shell import Shell
from ui.tokens import TextRole

NARROW = 800
NAMES, HANDED = "names", "handed"
KINDS: tuple[Column[LetterRule], ...] = (
    Column("Letter", lambda rule: rule.title, second=lambda rule: SENT[rule.sent], strong=lambda rule: rule.formal),
)


class AskingView(QWidget):
    """It only asks. `wanted` says what: the kind, the children and the options."""

    wanted = Signal(str, object, object)

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        theme = self._theme = shell.theme
        self._shell = shell
        self._handed: tuple[int, ...] = ()
        self._source = ""
        self._classes: tuple[str, ...] = ()
        self._offers, self._finds = Reader(shell, self), Reader(shell, self)
        self.list = DataTable(theme, "Kinds of letter")
        self.model: RowsModel[LetterRule] = RowsModel(KINDS, key=lambda rule: rule.key)
        self.list.show_model(self.model)
        self.about = Label(theme, "", TextRole.BODY, "second", wrap=True)
        self.whom = Choice(theme)
        self.names = NoteEdit(theme, "One child a line: as in the register, or a UPN", lines=5)
        self.names_field = Field(theme, "Names", self.names)
        self.handed = Label(theme, "", TextRole.BODY, wrap=True)
        self.first = DateEdit(theme, shell.context.today)
        self.last = DateEdit(theme, shell.context.today)
        self.language = Choice(theme)
        self.look = Button(theme, "Look at the letters", key="Ctrl+Enter", primary=True, bind=False)
        self.fault = Label(theme, "", TextRole.STRONG, "alarm", wrap=True)
        self.typed: dict[str, LineEdit | NoteEdit] = {}
        self._typed_box = QVBoxLayout()
        self._build()
        self.list.current_row.connect(lambda _row: self._show_kind())
        self.list.opened.connect(lambda _row: self.whom.setFocus())
        self.whom.currentIndexChanged.connect(self._show_whom)
        self.look.clicked.connect(self.ask)

    def open_for(self, pupils: Sequence[int] = (), source: str = "", kind: str = "") -> None:
        """Offer everything anew; `pupils` were handed over by another page, whose words `source` are."""
        context = self._shell.context
        picked = self._kind()
        self.model.set_rows(letter_kinds(context))
        if not self.list.select_key(kind or (picked.key if picked else "")):
            self.list.setCurrentIndex(self.list.proxy.index(0, 0))
        if pupils:
            self._handed, self._source = tuple(dict.fromkeys(pupils)), source
            self.handed.setText("Reading …")
        self._offer(HANDED if pupils else self.whom.value())
        handed = self._handed
        self._offers.read(
            once("Reading the classes", lambda: (letter_classes(context), names_of(context, handed))),
            lambda found: self._show_offered(*found),
        )
        self._show_kind()

    def _offer(self, chosen: object) -> None:
        """Offer whom a letter may be about: of the classes, those that are known."""
        self.whom.blockSignals(True)
        self.whom.clear()
        if self._handed:
            self.whom.add("Who was handed over", HANDED)
        self.whom.add("Names, typed or pasted", NAMES)
        for name in self._classes:
            self.whom.add(f"Class {name}", f"class {name}")
        self.whom.choose(chosen)
        self.whom.blockSignals(False)
        self._show_whom()

    def _show_offered(self, classes: tuple[str, ...], names: tuple[str, ...]) -> None:
        if self._handed:
            self._say_handed(names)
        if classes != self._classes:
            self._classes = classes
            self._offer(self.whom.value())

    def ask(self) -> None:
        """Say what is wanted, or what is missing."""
        rule = self._kind()
        if rule is None:
            return
        try:
            first, last = self._day(self.first), self._day(self.last)
        except Refused as refused:
            self.say(str(refused))
            return
        self.say("")
        values = {key: _text(editor) for key, editor in self.typed.items() if _text(editor)}
        options = LetterOptions(first, last, values, str(self.language.value() or ""))
        self._finds.read(
            once("Finding the children", self._pupils()),
            lambda pupils: self.wanted.emit(rule.key, pupils, options),
            lambda error: self.say(words_of(error)),
        )

    def say(self, words: str) -> None:
        """Say what is wrong."""
        self.fault.setText(f"⚠ {words}" if words else "")
        self.fault.setVisible(bool(words))

    def first_focus(self) -> QWidget:
        """The list of kinds."""
        return self.list

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._columns.fit(self.width())

    def _build(self) -> None:
        theme, space = self._theme, self._theme.space
        self.language.add("Each parent’s own, where there is one", "")
        for one in letter_book().languages.values():
            self.language.add(one.title, one.key)
        left, right = Card(theme, "Which letter", flush=True), Card(theme, "About whom, and what it says", flush=True)
        left.body.addWidget(self.list, 1)
        foot = QWidget()
        below = QVBoxLayout(foot)
        below.setContentsMargins(space(3.5), space(2), space(3.5), space(2))
        below.addWidget(self.about)
        left.body.addWidget(foot)
        inside = QWidget()
        form = QVBoxLayout(inside)
        form.setContentsMargins(space(3.5), space(3), space(3.5), space(3))
        form.setSpacing(space(3))
        form.addWidget(Field(theme, "About whom", self.whom))
        form.addWidget(self.handed)
        form.addWidget(self.names_field)
        days = QHBoxLayout()
        days.setSpacing(space(3))
        for field in (
            Field(theme, "Figures from", self.first, "Empty: the school year"),
            Field(theme, "until", self.last, "Empty: today"),
            Field(theme, "Language", self.language, "English where there is none"),
        ):
            days.addWidget(field, 1)
        form.addLayout(days)
        self._typed_box.setSpacing(space(3))
        form.addLayout(self._typed_box)
        form.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.viewport().setAutoFillBackground(False)
        slim_bars(scroll, theme)
        scroll.setWidget(inside)
        inside.setAutoFillBackground(False)
        right.body.addWidget(scroll, 1)
        last = QVBoxLayout()
        last.setContentsMargins(space(3.5), 0, space(3.5), space(2))
        last.setSpacing(space(2))
        last.addWidget(self.fault)
        last.addWidget(self.look)
        right.body.addLayout(last)
        self.fault.hide()
        self._columns = Columns(space(3), NARROW)
        self._columns.addWidget(left, 2)
        self._columns.addWidget(right, 3)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(self._columns)

    def _kind(self) -> LetterRule | None:
        found = self.list.selected()
        return found if isinstance(found, LetterRule) else None

    def _show_kind(self) -> None:
        rule = self._kind()
        if rule is None:
            return
        no_power = why_no_power(self._shell.context, rule.key)
        self.about.setText(f"⚠ {no_power}" if no_power else f"{rule.what} Source: {rule.source}".strip())
        self.look.setEnabled(not no_power)
        said = {key: _text(editor) for key, editor in self.typed.items()}
        while (item := self._typed_box.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.typed.clear()
        for one in typed_fields(self._shell.context, rule.key):
            editor = NoteEdit(self._theme, lines=3) if one.long else LineEdit(self._theme)
            (editor.setPlainText if isinstance(editor, NoteEdit) else editor.setText)(said.get(one.key, ""))
            self.typed[one.key] = editor
            self._typed_box.addWidget(Field(self._theme, one.title, editor, "May be empty" if one.may_be_empty else ""))

    def _show_whom(self) -> None:
        self.names_field.setVisible(self.whom.value() == NAMES)
        self.handed.setVisible(self.whom.value() == HANDED)

    def _say_handed(self, names: tuple[str, ...]) -> None:
        more = f" and {len(names) - 6} more" if len(names) > 6 else ""
        self.handed.setText(f"{self._source + ': ' if self._source else ''}{'; '.join(names[:6])}{more}")

    def _pupils(self) -> Callable[[], tuple[int, ...]]:
        """How the children are found that are chosen or typed just now."""
        value, context, handed = self.whom.value(), self._shell.context, self._handed
        text = self.names.toPlainText()
        if value == HANDED:
            return lambda: handed
        if value == NAMES:
            return lambda: named_children(context, text)
        return lambda: whole_class(context, str(value).removeprefix("class "))

    @staticmethod
    def _day(line: DateEdit) -> date | None:
        if line.text().strip() and line.date() is None:
            line.setFocus()
            raise Refused(f"“{line.text().strip()}” is no day: type it as 24/11/2026, or leave it empty.")
        return line.date()


def _text(editor: LineEdit | NoteEdit) -> str:
    return (editor.toPlainText() if isinstance(editor, NoteEdit) else editor.text()).strip()

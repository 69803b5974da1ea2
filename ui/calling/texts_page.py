"""Texts to the mobiles of parents: about whom, in which words, what stands against each, and one file of them."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from desktop_app.actions.early_calls import call_book
from desktop_app.actions.letter_whom import named_children, names_of
from desktop_app.actions.texting import children_to_call, children_to_ring_early, save_texts, text_plan
from desktop_app.domain.calls import PlannedText
from desktop_app.domain.errors import Refused
from desktop_app.domain.rights import Right
from desktop_app.rules.session_lists import count_words
from ui.calling import keys
from ui.keys import hints
from ui.parts.buttons import Button
from ui.parts.card import Card, row_of
from ui.parts.chords import on_chord
from ui.parts.field import Field
from ui.parts.flow import Columns
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.inputs import AnswerLine, Choice, NoteEdit
from ui.parts.rows import Column, RowsModel
from ui.parts.table import DataTable
from ui.parts.text import Label
from ui.pupils.ready import may_change
from ui.runner import words_of
from ui.shell import Page, Shell

NARROW, ASKING = 820, 340
CALLING, EARLY, NAMED = "calling", "early", "named"
WHOM = (
    (CALLING, "Absent today, no reason yet"),
    (EARLY, "On the early-call list"),
    (NAMED, "Children named here"),
)


class TextsPage(Page):
    """Ctrl+Enter looks at them; Space leaves one out, Enter says why one goes all the same; Ctrl+S saves the file."""

    place: ClassVar[str] = "texts"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme = self.theme
        self.header = PageHeader(theme, "Texts to mobiles", "One file for the texting service; each is logged")
        self.whom = Choice(theme)
        for key, words in WHOM:
            self.whom.add(words, key)
        self.names = NoteEdit(theme, "One child a line: as in the register, or a UPN", 4)
        self.names_field = Field(theme, "Names", self.names)
        self.begin = Choice(theme)
        for one in call_book().texts.values():
            self.begin.add(one.title, one.key)
        self.words = NoteEdit(theme, "[child] …", 5)
        self.look = Button(theme, "Look at the texts", key="Ctrl+Enter", primary=True, bind=False)
        self.fault = Label(theme, "", ink="alarm", wrap=True)
        self.model: RowsModel[PlannedText] = RowsModel(self._columns(), key=lambda row: row.key)
        self.table = DataTable(theme, "Texts")
        self.table.show_model(self.model)
        self.whole = Label(theme, "", wrap=True)
        self.said = Label(theme, "", ink="second", wrap=True)
        self.why = AnswerLine(theme, "agreed with her on Monday")
        self.asking = Field(theme, "Why does it go all the same?", self.why)
        self.save = Button(theme, "Save the file …", key="Ctrl+S", bind=False)
        self.dropped: set[str] = set()
        self.reasons: dict[str, str] = {}
        self._looked_at = ""
        self._build()
        self._connect()

    def show_at(self, **where: object) -> None:
        """`pupils`: about these children, by name; `words`: the key of the words to begin from."""
        pupils, words = where.get("pupils"), where.get("words")
        if isinstance(pupils, tuple) and pupils:
            self.whom.choose(EARLY if words == EARLY else NAMED)
            self.names.setPlainText("\n".join(names_of(self.shell.context, [int(one) for one in pupils])))
        self.begin.choose(words if words in call_book().texts else next(iter(call_book().texts)))
        self._begin()
        self._clear()

    def first_focus(self) -> QWidget:
        return self.whom

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space in the table leaves the text of its line out."""
        space = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space
        picked = self._picked()
        if watched is self.table and space and event.type() == QEvent.Type.KeyPress and picked is not None:
            self.dropped ^= {picked.key}
            self._show()
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        stacked = self._sides.fit(self.width())
        self._asking_card.setMaximumWidth(self.width() if stacked else ASKING)

    def save_to(self, target: Path) -> bool:
        """Save the file there and log each; false where that is refused."""
        try:
            saved, changes = save_texts(
                self.shell.context,
                self.model.rows,
                self._looked_at,
                target,
                reasons=self.reasons,
                dropped=self.dropped,
            )
        except Refused as refused:
            self._fault(words_of(refused))
            return False
        self._clear()
        self.shell.announce(changes)
        left = f", {len(saved.left)} left out" if saved.left else ""
        self.shell.say(f"{count_words(len(saved.entries), 'text is', 'texts are')} in {target.name} and logged{left}.")
        self.whom.setFocus()
        return True

    def _columns(self) -> tuple[Column[PlannedText], ...]:
        return (
            Column("Goes", self._state, width=10, strong=lambda row: self._state(row) != "✓"),
            Column("To", lambda row: row.name or "—", width=22, second=lambda row: row.mobile),
            Column("About", lambda row: row.pupil.list_name, width=20, second=lambda row: row.class_name),
            Column("Text", lambda row: row.words or row.why_not, second=lambda row: row.why_not if row.words else ""),
        )

    def _state(self, row: PlannedText) -> str:
        if row.stopped:
            return "✗ Cannot"
        if row.key in self.dropped:
            return "Left out"
        if row.asks and row.key not in self.reasons:
            return "⚠ Say why"
        return "✓"

    def _build(self) -> None:
        theme, space = self.theme, self.theme.space
        self._asking_card = Card(theme, "Which texts")
        body = self._asking_card.body
        body.addWidget(Field(theme, "About", self.whom))
        body.addWidget(self.names_field)
        body.addWidget(Field(theme, "Begin from", self.begin))
        longest = call_book().longest.value
        fields = " ".join(f"[{one}]" for one in call_book().fields)
        body.addWidget(Field(theme, "Text", self.words, f"{longest} letters at most. {fields}"))
        body.addWidget(self.fault)
        body.addLayout(row_of(self.look))
        body.addStretch(1)
        listed = Card(theme, "Texts", flush=True)
        listed.body.addWidget(self.table, 1)
        for part in (self.whole, self.said, self.asking):
            part.setContentsMargins(space(3), space(2), space(3), space(2.5))
            listed.body.addWidget(part)
        self.asking.hide()
        listed.add_action(self.save)
        self._sides = Columns(space(3), NARROW)
        self._sides.addWidget(self._asking_card, 1)
        self._sides.addWidget(listed, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(space(5), space(4), space(5), space(2))
        whole.setSpacing(space(3))
        whole.addWidget(self.header)
        whole.addLayout(self._sides, 1)
        whole.addWidget(KeyHints(theme, hints(keys.TEXTS)))
        self._fit()

    def _connect(self) -> None:
        self.whom.currentIndexChanged.connect(lambda _number: self._fit())
        self.begin.currentIndexChanged.connect(lambda _number: self._begin())
        self.look.clicked.connect(self._look)
        self.save.clicked.connect(self._ask_where)
        self.table.opened.connect(self._ask_why)
        self.table.current_row.connect(self._show_whole)
        self.table.installEventFilter(self)
        self.why.given.connect(self._keep_why)
        self.why.gave_up.connect(self._give_up)
        for chord, deed in (("Ctrl+Return", self._look), ("Ctrl+S", self._ask_where)):
            on_chord(self, chord, deed)

    def _fit(self) -> None:
        self.names_field.setVisible(self.whom.value() == NAMED)

    def _begin(self) -> None:
        found = call_book().texts.get(str(self.begin.value()))
        if found is not None:
            self.words.setPlainText(found.words)

    def _children(self) -> tuple[int, ...]:
        context, whom = self.shell.context, self.whom.value()
        if whom == NAMED:
            return named_children(context, self.names.toPlainText())
        found = children_to_call(context) if whom == CALLING else children_to_ring_early(context)
        if not found:
            raise Refused("Nobody is on that list today.")
        return found

    def _look(self) -> None:
        if not may_change(self.shell, Right.LOG):
            return
        words = self.words.toPlainText()
        try:
            planned = text_plan(self.shell.context, self._children(), words)
        except Refused as refused:
            self._clear()
            self._fault(words_of(refused))
            return
        self._clear()
        self._looked_at = words
        self.model.set_rows(planned)
        self._show()
        self.table.setCurrentIndex(self.table.proxy.index(0, 0))
        self.table.setFocus()

    def _show(self) -> None:
        rows = self.model.rows
        self.model.set_rows(rows)
        states = [self._state(row) for row in rows]
        going, ask = states.count("✓"), states.count("⚠ Say why")
        words = f"{count_words(going, 'text goes', 'texts go')} of {len(rows)}."
        self.said.setText(f"{words} Enter says why where the guard asks: {ask}." if ask else words if rows else "")
        self.save.setEnabled(going > 0)

    def _show_whole(self, row: object) -> None:
        """The text of the line in full, and what stands against it."""
        parts = (row.words, row.why_not) if isinstance(row, PlannedText) else ()
        self.whole.setText("\n".join(filter(None, parts)))
        self.whole.setVisible(bool(self.whole.text()))

    def _picked(self) -> PlannedText | None:
        found = self.table.selected()
        return found if isinstance(found, PlannedText) else None

    def _ask_why(self, row: object) -> None:
        if not isinstance(row, PlannedText) or row.stopped or not row.asks:
            return
        if may_change(self.shell, Right.OVERRIDE_GUARD):
            self.why.setText(self.reasons.get(row.key, ""))
            self.asking.show()
            self.why.setFocus()

    def _keep_why(self) -> None:
        picked, said = self._picked(), " ".join(self.why.text().split())
        if picked is not None and said:
            self.reasons[picked.key] = said
            self.dropped.discard(picked.key)
        self._give_up()
        self._show()

    def _give_up(self) -> None:
        self.asking.hide()
        self.table.setFocus()

    def _ask_where(self) -> None:
        if self.save.isEnabled():
            name = f"texts-{self.shell.context.today().isoformat()}.csv"
            chosen, _kind = QFileDialog.getSaveFileName(self, "The file of texts", name, "CSV (*.csv)")
            if chosen:
                self.save_to(Path(chosen))

    def _leave(self) -> None:
        if self.table.hasFocus():
            self.whom.setFocus()
        else:
            self.shell.home()

    def _clear(self) -> None:
        self.dropped, self.reasons, self._looked_at = set(), {}, ""
        self.model.set_rows(())
        self._show_whole(None)
        self.asking.hide()
        self._fault("")
        self._show()

    def _fault(self, words: str) -> None:
        self.fault.setText(words)
        self.fault.setVisible(bool(words))
        if words:
            self.shell.say(words, alarm=True)

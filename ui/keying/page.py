"""Key from paper: class, session, who took it and when as the sheet says; then the boxes in the sheet's order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions.keying import KeyingSheet, contested, key_paper, keying_sheet
from desktop_app.actions.meanwhile import Meanwhile
from desktop_app.actions.register_page import classes, session_at_hand
from desktop_app.domain.errors import Clash, Refused
from desktop_app.domain.marks import CLEARED
from desktop_app.domain.sessions import HALVES, Half, Session
from desktop_app.rules.codes import present_mark
from desktop_app.rules.display import clock_time
from desktop_app.rules.keying import OnPaper, read_box
from desktop_app.rules.session_lists import count_words
from ui import keys
from ui.keying.sheet import Sheet
from ui.keys import hints
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.chords import on_chord
from ui.parts.field import Field
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.inputs import Choice, DateEdit, LineEdit, TimeEdit
from ui.parts.text import Label
from ui.register.choosing import ChoiceBar
from ui.register.words import paper_choices, paper_words
from ui.runner import words_of
from ui.shell import Page, Shell
from ui.tokens import TextRole


class KeyingPage(Page):
    """What is typed stays until it is kept, or another class or session is asked for."""

    place = "keying"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme = self.theme
        self.sheet_of: KeyingSheet | None = None
        self.header = PageHeader(theme, "Key from paper", "A register taken on paper, in the order of its sheet")
        self.class_name = Choice(theme)
        self.day = DateEdit(theme, shell.context.today)
        self.half = Choice(theme)
        self.taken_by = LineEdit(theme, "Ms T Vale")
        self.taken_at = TimeEdit(theme)
        self.rest = Button(theme, "The rest present", key="F9", bind=False)
        self.keep = Button(theme, "Keep the register", key="Ctrl+Enter", bind=False, primary=True)
        self.said = Label(theme, "", TextRole.STRONG, wrap=True)
        self.said.hide()
        self.card = Card(theme, "Sheet", flush=True)
        self.sheet = Sheet(theme)
        self.clash = ChoiceBar(theme)
        self._contested: tuple[Meanwhile, ...] = ()
        self._build()
        self._connect()

    def show_at(self, **where: object) -> None:
        """`class_name`, `day`, `half`: that sheet; else the one at hand, or the one that is half typed."""
        if self.sheet.typed() and not where:
            return
        at = session_at_hand(self.shell.context)
        day = where.get("day")
        self.day.set_date(day if isinstance(day, date) else at.day)
        half = where.get("half")
        self.half.choose(half if isinstance(half, Half) else at.half)
        self._offer(str(where.get("class_name") or self.class_name.value() or ""))
        self._read()

    def first_focus(self) -> QWidget:
        return self.class_name

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.shell.go("registers")
        elif event.key() == Qt.Key.Key_F9:
            self.fill()
        else:
            super().keyPressEvent(event)

    def fill(self) -> None:
        """Mark present whoever is blank on the sheet, has no mark yet and nothing planned."""
        if self.sheet_of is None:
            return
        present = present_mark(self.sheet_of.session.half, self.shell.context.rulebook.codes)
        for line in self.sheet_of.lines:
            box = self.sheet.boxes.get(line.pupil)
            if box is not None and not box.text().strip() and not line.stands and not line.planned:
                box.setText(present)

    def keep_register(self) -> None:
        """Keep what was typed, all of it or nothing."""
        of = self.sheet_of
        if of is None:
            return
        self._say("")
        self.sheet.clear_faults(of.lines)
        marks = self._marks(of)
        if marks is None:
            return
        at = self.taken_at.time()
        try:
            if at is None:
                raise Refused("At what time was the register taken? Write it as 8:52.")
            written, changes = key_paper(self.shell.context, of.class_name, of.session, marks, self.taken_by.text(), at)
        except Clash as clash:
            self._ask_which(contested(self.shell.context, of.session, marks), words_of(clash))
            return
        except Refused as refused:
            self._say(f"⚠ {words_of(refused)}")
            return
        changed = sum(one.changed for one in written)
        self.shell.announce(changes)
        self._read()
        self.taken_at.clear()
        self.class_name.setFocus()
        marks_words = count_words(changed, "mark", "marks")
        self._say(f"✓ {of.class_name}: {marks_words} kept, as taken on paper at {clock_time(at)}")

    def _ask_which(self, found: tuple[Meanwhile, ...], otherwise: str = "") -> None:
        """Ask of the first child whose mark somebody changed meanwhile; `otherwise` is said where there is none."""
        self._contested = found
        if found:
            codes = self.shell.context.rulebook.codes
            about = "Esc keeps nothing yet; what is typed stays."
            self.clash.ask(paper_words(found[0], codes), paper_choices(found[0], codes), about)
        elif otherwise:
            self._say(f"⚠ {otherwise}")

    def _chosen(self, number: int) -> None:
        """Theirs: the box is empty and leaves what stands. The paper’s: it goes over what stands by now."""
        of, one, rest = self.sheet_of, self._contested[0], self._contested[1:]
        if of is None:
            return
        pupil = one.edit.pupil
        lines = [replace(line, mark=one.stands) if line.pupil == pupil else line for line in of.lines]
        self.sheet_of = of = replace(of, lines=tuple(lines))
        if number == 0:
            self.sheet.boxes[pupil].clear()
        self.sheet.clear_faults(of.lines)
        self._ask_which(rest)
        if not rest:
            self.keep.setFocus()
            self.clash.hide()
            self._say("Chosen. Ctrl+Enter keeps the register.")

    def _give_up_choice(self) -> None:
        pupil = self._contested[0].edit.pupil
        self.sheet.go_to(pupil)  # the bar hides as it is left
        self._say("Nothing was kept yet.")

    def _marks(self, of: KeyingSheet) -> dict[int, OnPaper] | None:
        """What was typed; None where a box cannot be read: then it is said there."""
        codes = self.shell.context.rulebook.codes
        seen = {line.pupil: line.mark or CLEARED for line in of.lines}
        found: dict[int, OnPaper] = {}
        for pupil, typed in self.sheet.typed().items():
            try:
                read = read_box(typed, of.session.half, codes)
            except Refused as refused:
                self.sheet.say(pupil, words_of(refused))
                return None
            if read is not None:
                found[pupil] = OnPaper(read.code, read.minutes, read.note, seen=seen[pupil])
        return found

    def _read(self) -> None:
        """Read the sheet that is asked for, unless it is the one that is shown and half typed."""
        self._say("")
        self.clash.hide()
        day = self.day.date()
        try:
            if day is None:
                raise Refused("That is not a day. Write it as 24/11/2026.")
            half = Half(str(self.half.value()))
            found = keying_sheet(self.shell.context, str(self.class_name.value() or ""), Session(day, half))
        except Refused as refused:
            self.sheet_of = None
            self.sheet.show_lines(())
            self._say(f"⚠ {words_of(refused)}")
            return
        self.sheet_of = found
        self.sheet.show_lines(found.lines)
        before = found.taking
        self.card.set_aside(
            f"typed in before: taken by {before.taken_by} at {clock_time(before.taken_at)}" if before else ""
        )

    def _asked_anew(self) -> None:
        of, day = self.sheet_of, self.day.date()
        wanted = (str(self.class_name.value() or ""), day, str(self.half.value()))
        if of is None or wanted != (of.class_name, of.session.day, of.session.half.value):
            self._read()

    def _day_typed(self) -> None:
        self._offer(str(self.class_name.value() or ""))
        self._asked_anew()

    def _offer(self, chosen: str) -> None:
        """The classes of that day."""
        day = self.day.date()
        self.class_name.blockSignals(True)
        self.class_name.clear()
        for name in classes(self.shell.context, day) if day else ():
            self.class_name.add(name, name)
        if chosen:
            self.class_name.choose(chosen)
        self.class_name.blockSignals(False)

    def _say(self, words: str) -> None:
        self.said.set_ink("alarm" if words.startswith("⚠") else "ink")
        self.said.setText(words)
        self.said.setVisible(bool(words))
        self.said.setAccessibleName(words)

    def _build(self) -> None:
        space = self.theme.space
        for half in HALVES:
            self.half.add(half.value, half)
        for button in (self.rest, self.keep):
            self.header.add_action(button)
        top = QHBoxLayout()
        top.setSpacing(space(3))
        for words, editor, share in (
            ("Class", self.class_name, 1),
            ("Day", self.day, 1),
            ("Half", self.half, 1),
            ("Taken by", self.taken_by, 2),
            ("Time taken", self.taken_at, 1),
        ):
            top.addWidget(Field(self.theme, words, editor), share)
        self.card.body.addWidget(self.sheet)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(space(5), space(4), space(5), space(2))
        whole.setSpacing(space(3))
        whole.addWidget(self.header)
        whole.addLayout(top)
        whole.addWidget(self.said)
        whole.addWidget(self.card, 1)
        whole.addWidget(self.clash)
        whole.addWidget(KeyHints(self.theme, hints(keys.KEYING)))

    def _connect(self) -> None:
        self.class_name.currentIndexChanged.connect(self._asked_anew)
        self.half.currentIndexChanged.connect(self._asked_anew)
        self.day.editingFinished.connect(self._day_typed)
        self.taken_at.returnPressed.connect(self._begin)
        self.sheet.finished.connect(self.keep.setFocus)
        self.clash.chosen.connect(self._chosen)
        self.clash.gave_up.connect(self._give_up_choice)
        self.clash.left.connect(self.clash.hide)
        self.rest.clicked.connect(self.fill)
        self.keep.clicked.connect(self.keep_register)
        on_chord(self, "Ctrl+Return", self.keep_register)

    def _begin(self) -> None:
        """From the time to the first child."""
        if self.sheet.boxes:
            self.sheet.go_to(next(iter(self.sheet.boxes)))

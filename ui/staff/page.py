"""People and roles: who may sign in and what each may do. Only who may add and remove staff comes here."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop_app.actions.exports.spec import ListAsked
from desktop_app.actions.idle_lock import lock_after, set_lock_after
from desktop_app.actions.staff import StaffLine, add_staff, change_staff, remove_staff, reset_password, staff_list
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.staff import Staff
from ui import keys
from ui.keys import hints
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.chords import on_chord
from ui.parts.field import Field
from ui.parts.flow import Columns
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.inputs import LineEdit
from ui.parts.rows import Column, RowsModel
from ui.parts.scroll import slim_bars
from ui.parts.table import DataTable
from ui.parts.text import Label
from ui.runner import words_of
from ui.shell import Page, Shell
from ui.staff.form import NEW, StaffForm
from ui.tokens import TextRole

NARROW = 980
SUBTITLE = "What a role may do is said under it; nobody has a right that nothing gives"


def role_words(person: Staff) -> str:
    """The roles of one person, the first one first."""
    return ", ".join(one.words for one in (person.role, *sorted(person.roles - {person.role})))


def way_words(line: StaffLine) -> str:
    """Whether and how a person signs in."""
    if not line.staff.active:
        return "removed"
    if not line.way_in:
        return "does not sign in"
    return f"{line.staff.user}, with restricted notes" if line.second_key else line.staff.user


COLUMNS: tuple[Column[StaffLine], ...] = (
    Column("Name", lambda line: line.staff.name, second=lambda line: line.staff.position, strong=lambda _: True),
    Column("Roles", lambda line: role_words(line.staff), second=lambda line: ", ".join(line.staff.classes)),
    Column("Signs in as", way_words, width=24),
)


class StaffPage(Page):
    """A list of people, and beside it the form of the one who is picked. Ctrl+Enter saves what the form says."""

    place: ClassVar[str] = "staff"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme = self.theme
        self.model: RowsModel[StaffLine] = RowsModel(COLUMNS, key=lambda line: line.staff.id)
        self.table = DataTable(theme, "People")
        self.form = StaffForm(theme)
        self.card = Card(theme, "Somebody new")
        self.fault = Label(theme, "", TextRole.STRONG, "alarm", wrap=True)
        self.said = Label(theme, "", TextRole.STRONG, wrap=True)
        self.save = Button(theme, "Save", key="Ctrl+Enter", primary=True, bind=False)
        self.new = Button(theme, "Somebody new", key="Ctrl+N")
        self.remove = Button(theme, "Take away the way in", key="Ctrl+Del", danger=True)
        self.minutes = LineEdit(theme, "10")
        self._picked = NEW
        self._classes: tuple[str, ...] = ()
        self._begun = False
        self._sure = 0
        self._build()
        self._connect()

    def refresh(self, changes: Changes | None) -> None:
        if (changes is not None and not changes.book) or not self.shell.context.may(Right.STAFF):
            return
        shown = staff_list(self.shell.context)
        self._classes = shown.classes
        self.model.set_rows(shown.lines)
        self.fault.setText(f"⚠ {shown.fault}" if shown.fault else "")
        self.fault.setVisible(bool(shown.fault))
        self.minutes.setText(str(lock_after(self.shell.context)))

    def show_at(self, **where: object) -> None:
        del where
        if not self._begun:
            self._say("")
            self._show(self._picked)

    def list_shown(self) -> tuple[str, ListAsked] | None:
        return "staff", ListAsked()

    def first_focus(self) -> QWidget:
        return self.table

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._columns.fit(self.width())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._begun:
            self._show(self._picked)
            self._say("Nothing was changed.")
        else:
            self.shell.home()

    def _build(self) -> None:
        theme, space = self.theme, self.theme.space
        self.table.show_model(self.model)
        self.table.setMinimumHeight(self.table.content_height(4))
        people = Card(theme, "People", flush=True)
        people.body.addWidget(self.table)
        lock = Card(theme, "Locking the screen", "Ctrl+L locks at once")
        lock.body.addWidget(Field(theme, "After how many minutes without a key", self.minutes, "Enter keeps it"))
        for widget in (self.form, self.said):
            self.card.body.addWidget(widget)
        foot = QHBoxLayout()
        foot.setSpacing(space(2))
        for button in (self.save, self.remove):
            foot.addWidget(button)
        foot.addStretch(1)
        self.card.body.addLayout(foot)
        header = PageHeader(theme, "People and roles", SUBTITLE)
        header.add_action(self.new)
        left = QVBoxLayout()
        left.setSpacing(space(3))
        left.addWidget(self.fault)
        left.addWidget(people, 1)
        left.addWidget(lock)
        right = QVBoxLayout()
        right.addWidget(self.card)
        right.addStretch(1)
        self._columns = Columns(space(3), NARROW)
        self._columns.addLayout(left, 1)
        self._columns.addLayout(right, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(space(5), space(4), space(5), space(3))
        column.setSpacing(space(3))
        column.addWidget(header)
        column.addLayout(self._columns, 1)
        self._scroll = scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        slim_bars(scroll, theme, "page")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, space(2))
        whole.addWidget(scroll, 1)
        feet = QHBoxLayout()
        feet.setContentsMargins(space(5), 0, space(5), 0)
        feet.addWidget(KeyHints(theme, hints(keys.STAFF)))
        whole.addLayout(feet)

    def _connect(self) -> None:
        self.table.opened.connect(self._open)
        self.new.clicked.connect(self._begin)
        self.save.clicked.connect(self._save)
        self.remove.clicked.connect(self._remove)
        self.minutes.returnPressed.connect(self._keep_minutes)
        self.form.changed.connect(self._touched)
        on_chord(self, "Ctrl+Return", self._save)

    def _open(self, line: StaffLine) -> None:
        self._show(line.staff)
        self._say("")
        self._to_form()

    def _begin(self) -> None:
        self._show(NEW)
        self._say("")
        self._to_form()

    def _to_form(self) -> None:
        """Put the keyboard in the form, and the form in sight where the cards stand one below the other."""
        self.form.name.setFocus(Qt.FocusReason.OtherFocusReason)
        self._scroll.ensureWidgetVisible(self.card, 0, 0)
        self._scroll.ensureWidgetVisible(self.form.name, 0, self.theme.space(20))

    def _show(self, person: Staff) -> None:
        self._picked, self._begun, self._sure = person, False, 0
        self.form.show_person(person, self._classes)
        self.card.set_title(person.name or "Somebody new")
        self.form.password_field.label.setText("Another first password" if person.id else "First password")
        may_write = not self.shell.context.store.read_only
        self.save.setEnabled(may_write and person.active)
        self.remove.setEnabled(may_write and person.active and bool(person.id))

    def _touched(self) -> None:
        self._begun, self._sure = True, 0

    def _save(self) -> None:
        context = self.shell.context
        try:
            wanted, password = self.form.typed(), self.form.password.text()
            if not wanted.id:
                made, changes = add_staff(context, wanted, password)
                words = f"{wanted.name.strip()} was added"
            elif password and wanted == self._picked:
                made, changes = wanted.id, reset_password(context, wanted.id, password)
                words = f"{wanted.name} has another first password"
            else:
                made, changes = wanted.id, change_staff(context, wanted, password)
                words = f"{wanted.name.strip()} was changed"
        except Refused as refused:
            self._say(f"⚠ {words_of(refused)}")
            return
        handed = ": hand the password over in person." if password else "."
        self._done(changes, made, f"✓ {words}{handed}")

    def _remove(self) -> None:
        person = self._picked
        if not person.id or not person.active:
            return
        if self._sure != person.id:
            self._sure = person.id
            self._say(
                f"{person.name} could not sign in any more; all they recorded keeps their name. Ctrl+Del again does it."
            )
            return
        try:
            changes = remove_staff(self.shell.context, person.id)
        except Refused as refused:
            self._sure = 0
            self._say(f"⚠ {words_of(refused)}")
            return
        self._done(changes, person.id, f"✓ {person.name} can sign in no more.")

    def _done(self, changes: Changes, person: int, words: str) -> None:
        self._begun = False
        self.shell.announce(changes)
        line = next((one for one in self.model.rows if one.staff.id == person), None)
        if line is not None:
            self.table.select_key(person)
            self._show(line.staff)
        self._say(words)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _keep_minutes(self) -> None:
        try:
            changes = set_lock_after(self.shell.context, self.minutes.text())
        except Refused as refused:
            self.shell.say(words_of(refused), alarm=True)
            return
        self.shell.announce(changes)
        self.shell.say(f"The screen is locked after {self.minutes.text()} minutes without a key.")

    def _say(self, words: str) -> None:
        self.said.set_ink("alarm" if words.startswith("⚠") else "ink")
        self.said.setText(words)
        self.said.setVisible(bool(words))
        self.said.setAccessibleName(words)

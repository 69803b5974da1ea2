"""Several pupils into a group of the school's own at once: type to find, Space ticks, Ctrl+Enter adds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout

from desktop_app.actions.group_members import add_to_group
from desktop_app.actions.pupils import PupilRow, pupil_list
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Pupil
from desktop_app.rules.display import date_year
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.field import Field
from ui.parts.inputs import DateEdit, LineEdit
from ui.parts.rows import Column, Kind, RowsModel
from ui.parts.table import DataTable
from ui.parts.text import Label
from ui.shell import Shell


@dataclass(frozen=True, slots=True)
class Pick:
    """A pupil who may be ticked."""

    pupil: Pupil
    class_name: str
    ticked: bool


COLUMNS: tuple[Column[Pick], ...] = (
    Column("In", lambda row: "✓" if row.ticked else "", width=2, strong=lambda _row: True),
    Column("Name", lambda row: row.pupil.list_name, Kind.NAME),
    Column("Class", lambda row: row.class_name, width=5),
)


class AddingCard(Card):
    """Asks who, into which group, from when. `done` says that it was done or given up."""

    done = Signal(bool)

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.theme, "Pupils into a group")
        theme = shell.theme
        self._shell = shell
        self._rows: Sequence[PupilRow] = ()
        self._ticked: set[int] = set()
        self.name = LineEdit(theme, "Breakfast club")
        self.first = DateEdit(theme, shell.context.today)
        self.typed = LineEdit(theme, "Name or class")
        self.table = DataTable(theme, "Pupils to tick")
        self.model = RowsModel(COLUMNS, key=lambda row: row.pupil.id)
        self.table.show_model(self.model)
        self.says = Label(theme, "", ink="second")
        self.fault = Label(theme, "", ink="alarm", wrap=True)
        self.add = Button(theme, "Add them", key="Ctrl+Enter", primary=True, bind=False)
        below = QHBoxLayout()
        below.setSpacing(theme.space(3))
        below.addWidget(Field(theme, "From", self.first), 5)
        below.addWidget(Field(theme, "Find", self.typed), 4)
        foot = QHBoxLayout()
        foot.addWidget(self.says, 1)
        foot.addWidget(self.add)
        self.body.addWidget(Field(theme, "Group: a new one, or one there is", self.name))
        self.body.addLayout(below)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self.fault)
        self.body.addLayout(foot)
        self.typed.textChanged.connect(self._filter)
        self.add.clicked.connect(self.save)
        self.table.installEventFilter(self)
        self.typed.installEventFilter(self)

    def open_for(self, group: str) -> None:
        """Ask anew; `group` is the name of the group one is on, where the school made it."""
        self._rows = pupil_list(self._shell.context)
        self._ticked.clear()
        self.name.setText(group)
        self.first.set_date(self._shell.context.today())
        self.typed.clear()
        self.fault.setText("")
        self._show()
        if self.model.rowCount():
            self.table.setCurrentIndex(self.table.proxy.index(0, 0))
        (self.typed if group else self.name).setFocus()

    def save(self) -> None:
        """Put whoever is ticked into the group, or say why not."""
        first, name = self.first.date(), self.name.text()
        try:
            if first is None:
                raise Refused("From: that is not a day. Write it as 24/11/2026.")
            added, changes = add_to_group(self._shell.context, name, self._ticked, first)
        except Refused as refused:
            self.fault.setText(str(refused))
            self._shell.say(str(refused), alarm=True)
            return
        self._shell.announce(changes)
        already = len(self._ticked) - added
        more = f"; {already} {'was' if already == 1 else 'were'} in it already" if already else ""
        self._shell.say(f"{' '.join(name.split())}: {added} added from {date_year(first)}{more}.")
        self.done.emit(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self.table and event.key() == Qt.Key.Key_Space:
                self._tick()
                return True
            if watched is self.table and event.text().isprintable() and event.text().strip():
                self.typed.insert(event.text())
                return True
            down = event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if watched is self.typed and down and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.table.setFocus()
                return True
        return super().eventFilter(watched, event)

    def _tick(self) -> None:
        row = self.table.selected()
        if isinstance(row, Pick):
            self._ticked ^= {row.pupil.id}
            self._show()
            self.table.select_key(row.pupil.id)
            self._shell.say(f"{row.pupil.name}: {'ticked' if row.pupil.id in self._ticked else 'not ticked'}.")

    def _filter(self) -> None:
        self.table.proxy.set_words(self.typed.text())
        if self.table.proxy.rowCount() and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.table.proxy.index(0, 0))

    def _show(self) -> None:
        self.model.set_rows([Pick(row.pupil, row.class_name, row.pupil.id in self._ticked) for row in self._rows])
        self.says.setText(f"{len(self._ticked)} ticked")

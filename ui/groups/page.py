"""Groups: every group with its figures beside the rest of the school and its members on a day; several pupils into one
of the school's own at once; and its end."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desktop_app.actions.exports.spec import ListAsked
from desktop_app.actions.figures import Grouping
from desktop_app.actions.group_list import GroupLine, GroupList, group_list
from desktop_app.actions.group_members import end_group
from desktop_app.domain.errors import Refused
from desktop_app.domain.groups import Basis
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.sessions import school_year_start
from desktop_app.rules.display import date_year
from ui import figure_keys
from ui.groups.adding import AddingCard
from ui.groups.model import ATTENDANCE, MEMBERS, columns, line_words, members_words
from ui.keys import hints
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.chords import on_chord
from ui.parts.empty import EmptyState
from ui.parts.flow import Columns
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.inputs import Choice, DateEdit
from ui.parts.rows import RowsModel
from ui.parts.table import DataTable
from ui.parts.text import Label
from ui.reader import Reader
from ui.shell import Page, Shell
from ui.tokens import TextRole

NARROW = 900
SINCE, THAT_DAY = "Since September", "That day only"


class GroupsPage(Page):
    """The groups at the left, the members of the one that is current at the right."""

    place: ClassVar[str] = "groups"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme = self.theme
        self._asked = ""
        self._wanted: object = None
        self._stale = True
        self.found: GroupList | None = None
        self.reader = Reader(shell, self)
        self.header = PageHeader(theme, "Groups")
        self.over = Choice(theme)
        self.over.setAccessibleName("Figures since September, or of that day only")
        for words in (SINCE, THAT_DAY):
            self.over.add(words, words)
        self.day = DateEdit(theme, shell.context.today)
        self.day.setAccessibleName("On which day")
        self.day.setMaximumWidth(theme.space(45))
        self.more = Button(theme, "Pupils into a group", key="Ctrl+N", primary=True, bind=False)
        self.end = Button(theme, "End the group", key="Ctrl+Del", bind=False)
        self.list, self.members = DataTable(theme, "Groups"), DataTable(theme, "Members")
        self.model: RowsModel[GroupLine] = RowsModel(columns(), key=lambda row: row.group.key)
        self.member_model = RowsModel(MEMBERS, key=lambda row: row[0].id)
        self.list.show_model(self.model)
        self.members.show_model(self.member_model)
        self.card = Card(theme, "Members", flush=True)
        self.adding = AddingCard(shell)
        self.says = Label(theme, "", TextRole.BODY, "second", wrap=True)
        self.empty = EmptyState(theme, "people", "No groups yet", "G on a child’s page, or an import, records them.")
        self._right = QStackedLayout()
        self._left = QStackedLayout()
        self._build()
        self._connect()

    def refresh(self, changes: Changes | None) -> None:
        if changes is None or changes.book or changes.marks:
            self._stale = True
            if self.isVisible():
                self._read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._read()

    def show_at(self, **where: object) -> None:
        """`group`: the key of the group to be on; `last` and `over`: of which day, and over which days."""
        if self.day.date() is None:
            self.day.set_date(self.shell.context.today())
        group, last, over = where.get("group"), where.get("last"), where.get("over")
        self._wanted = group if isinstance(group, str) else None
        if isinstance(last, date):
            self.day.set_date(last)
        self.over.choose(over)
        self._read()

    def list_shown(self) -> tuple[str, ListAsked] | None:
        found = self.found
        return ("groups", ListAsked(on=found.last, first=found.first)) if found is not None else None

    def first_focus(self) -> QWidget:
        return self.list

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chord = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        elif event.key() == Qt.Key.Key_F4 and self._picked() is not None:
            self._explain()
        elif chord and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.is_adding:
            self.adding.save()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._columns.fit(self.width())

    @property
    def is_adding(self) -> bool:
        """Whether it is asked who comes into a group."""
        return self._right.currentWidget() is self.adding

    def _build(self) -> None:
        theme, space = self.theme, self.theme.space
        for widget in (self.over, self.day, self.end, self.more):
            self.header.add_action(widget)
        left, right = Card(theme, flush=True), QWidget()
        listed = QWidget()
        listed.setLayout(self._left)
        self._left.addWidget(self.list)
        self._left.addWidget(self.empty)
        foot = QWidget()
        below = QVBoxLayout(foot)
        below.setContentsMargins(space(3.5), space(2), space(3.5), space(2))
        below.addWidget(self.says)
        left.body.addWidget(listed, 1)
        left.body.addWidget(foot)
        self.card.body.addWidget(self.members)
        right.setLayout(self._right)
        self._right.addWidget(self.card)
        self._right.addWidget(self.adding)
        self._columns = Columns(space(3), NARROW)
        self._columns.addWidget(left, 5)
        self._columns.addWidget(right, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(space(5), space(4), space(5), space(2))
        whole.setSpacing(space(3))
        whole.addWidget(self.header)
        whole.addLayout(self._columns, 1)
        whole.addWidget(KeyHints(theme, hints(figure_keys.GROUPS)))

    def _connect(self) -> None:
        self.list.current_row.connect(lambda _row: self._show())
        self.list.opened.connect(lambda _row: self.members.setFocus())
        self.list.clicked.connect(self._clicked)
        self.members.opened.connect(lambda row: self.shell.go("pupils", pupil=row[0].id))
        self.day.editingFinished.connect(self._read)
        self.over.currentIndexChanged.connect(self._read)
        self.more.clicked.connect(self._add)
        self.end.clicked.connect(self._end)
        self.adding.done.connect(lambda _done: self._leave())
        for chord, deed in (("Ctrl+N", self._add), ("Ctrl+Del", self._end)):
            on_chord(self, chord, deed)

    def _picked(self) -> GroupLine | None:
        found = self.list.selected()
        return found if isinstance(found, GroupLine) else None

    def _read(self) -> None:
        """Read it beside the window: what is shown stays until the answer is there."""
        day = self.day.date()
        if day is None:
            return
        self._stale = False
        if self.found is None:
            self.header.set_subtitle("Working out the figures of each group")
        first = day if self.over.value() == THAT_DAY else school_year_start(day)
        self.reader.read(group_list(self.shell.context, first, day), self._answer)

    def _answer(self, found: GroupList) -> None:
        picked = self._picked()
        wanted = self._wanted or (picked.group.key if picked else None)
        self._wanted = None
        self.found = found
        self.model.set_rows(found.lines)
        self._left.setCurrentIndex(0 if found.lines else 1)
        if found.lines and (wanted is None or not self.list.select_key(wanted)):
            self.list.setCurrentIndex(self.list.proxy.index(0, 0))
        over = "figures of that day" if found.first == found.last else f"figures from {date_year(found.first)}"
        self.header.set_subtitle(f"On {date_year(found.last)} · {over}")
        self._show()

    def _show(self) -> None:
        picked = self._picked()
        self._asked = ""
        members = picked.members if picked else ()
        self.member_model.set_rows(members)
        if members:
            self.members.setCurrentIndex(self.members.proxy.index(0, 0))
        self.card.set_title(picked.group.title if picked else "Members")
        self.card.set_aside(members_words(picked) if picked else "")
        self.says.setText(line_words(picked, self.found.least) if picked and self.found else "")
        may = self.shell.context.may(Right.ADMIT) and not self.shell.context.store.read_only
        self.more.setEnabled(may)
        self.end.setEnabled(may and picked is not None and picked.group.basis is Basis.OWN)

    def _add(self) -> None:
        picked = self._picked()
        if self.more.isEnabled():
            self._right.setCurrentWidget(self.adding)
            self.adding.open_for(picked.group.title if picked and picked.group.basis is Basis.OWN else "")

    def _end(self) -> None:
        """Asked once more: nobody is in it after that day."""
        picked, day = self._picked(), self.day.date()
        if picked is None or day is None or not self.end.isEnabled():
            return
        if self._asked != picked.group.key:
            self._asked = picked.group.key
            self.shell.say(f"Nobody is in “{picked.group.title}” after {date_year(day)}: once more, and it is done.")
            return
        try:
            ended, changes = end_group(self.shell.context, picked.group.title, day)
        except Refused as refused:
            self.shell.say(str(refused), alarm=True)
            return
        self.shell.announce(changes)
        self.shell.say(
            f"{picked.group.title} ends on {date_year(day)}, for {ended}. Figures of the days before keep it."
        )

    def _clicked(self, index: QModelIndex) -> None:
        """A click on a percentage asks how it is reached."""
        if columns()[index.column()] is ATTENDANCE:
            self._explain()

    def _explain(self) -> None:
        """How the attendance of the line is reached: of the same group over the same days."""
        picked, found = self._picked(), self.found
        if picked is None or found is None:
            return
        if picked.beside is None or not picked.beside.members.pupils:
            self.shell.say(line_words(picked, found.least))
            return
        back = ("groups", {"group": picked.group.key, "last": found.last, "over": self.over.value()})
        whose = {"by": Grouping.GROUP, "key": picked.group.key}
        self.shell.go("explain", **whose, first=found.first, last=found.last, back=back)

    def _leave(self) -> None:
        if self.is_adding:
            self._right.setCurrentWidget(self.card)
            self.first_focus().setFocus()
        elif self.members.hasFocus():
            self.list.setFocus()
        else:
            self.shell.home()

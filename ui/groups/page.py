"""Groups: every group with its members on a day; several pupils into one of the school's own at once; and its end."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desktop_app.actions.figures import Grouping
from desktop_app.actions.group_members import GroupMembers, end_group, groups_on
from desktop_app.domain.errors import Refused
from desktop_app.domain.groups import SMALL, Basis
from desktop_app.domain.people import Pupil
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.rules.display import date_year
from ui import figure_keys
from ui.groups.adding import AddingCard
from ui.keys import hints
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.empty import EmptyState
from ui.parts.flow import Columns
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.inputs import DateEdit
from ui.parts.rows import Column, Kind, RowsModel
from ui.parts.table import DataTable
from ui.shell import Page, Shell

Member = tuple[Pupil, str]
NARROW = 760
BASES = {
    Basis.FLAG: "",
    Basis.SEX: "",
    Basis.ETHNICITY: "ethnic background",
    Basis.HOME_LA: "home authority",
    Basis.OWN: "the school’s own",
}
GROUPS: tuple[Column[GroupMembers], ...] = (
    Column("Group", lambda row: row.group.title, beside=lambda row: BASES[row.group.basis]),
    Column("Pupils", lambda row: str(len(row.members)), Kind.NUMBER, width=8),
)
MEMBERS: tuple[Column[Member], ...] = (
    Column("Name", lambda row: row[0].list_name, Kind.NAME),
    Column("Class", lambda row: row[1], width=9),
)


class GroupsPage(Page):
    """The groups at the left, the members of the one that is current at the right."""

    place: ClassVar[str] = "groups"

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell)
        theme = self.theme
        self._asked = ""
        self.header = PageHeader(theme, "Groups")
        self.day = DateEdit(theme, shell.context.today)
        self.day.setAccessibleName("On which day")
        self.day.setMaximumWidth(theme.space(45))
        self.more = Button(theme, "Pupils into a group", key="Ctrl+N", primary=True, bind=False)
        self.end = Button(theme, "End the group", key="Ctrl+Del", bind=False)
        self.list, self.members = DataTable(theme, "Groups"), DataTable(theme, "Members")
        self.model = RowsModel(GROUPS, key=lambda row: row.group.key)
        self.member_model = RowsModel(MEMBERS, key=lambda row: row[0].id)
        self.list.show_model(self.model)
        self.members.show_model(self.member_model)
        self.card = Card(theme, "Members", flush=True)
        self.adding = AddingCard(shell)
        self.empty = EmptyState(theme, "people", "No groups yet", "G on a child’s page, or an import, records them.")
        self._right = QStackedLayout()
        self._left = QStackedLayout()
        self._build()
        self._connect()

    def refresh(self, changes: Changes | None) -> None:
        if changes is None or changes.book:
            self._read()

    def show_at(self, **where: object) -> None:
        """`group`: the key of the group to be on."""
        if self.day.date() is None:
            self.day.set_date(self.shell.context.today())
        self._read()
        group = where.get("group")
        if isinstance(group, str):
            self.list.select_key(group)

    def first_focus(self) -> QWidget:
        return self.list if self.model.rowCount() else self.more

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
        for widget in (self.day, self.end, self.more):
            self.header.add_action(widget)
        left, right = Card(theme, flush=True), QWidget()
        listed = QWidget()
        listed.setLayout(self._left)
        self._left.addWidget(self.list)
        self._left.addWidget(self.empty)
        left.body.addWidget(listed)
        self.card.body.addWidget(self.members)
        right.setLayout(self._right)
        self._right.addWidget(self.card)
        self._right.addWidget(self.adding)
        self._columns = Columns(space(3), NARROW)
        self._columns.addWidget(left, 1)
        self._columns.addWidget(right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(space(5), space(4), space(5), space(2))
        whole.setSpacing(space(3))
        whole.addWidget(self.header)
        whole.addLayout(self._columns, 1)
        whole.addWidget(KeyHints(theme, hints(figure_keys.GROUPS)))

    def _connect(self) -> None:
        self.list.current_row.connect(lambda _row: self._show())
        self.list.opened.connect(lambda _row: self.members.setFocus())
        self.members.opened.connect(lambda row: self.shell.go("pupils", pupil=row[0].id))
        self.day.editingFinished.connect(self._read)
        self.more.clicked.connect(self._add)
        self.end.clicked.connect(self._end)
        self.adding.done.connect(lambda _done: self._leave())
        for chord, deed in (("Ctrl+N", self._add), ("Ctrl+Del", self._end)):
            shortcut = QShortcut(QKeySequence(chord), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(deed)

    def _picked(self) -> GroupMembers | None:
        found = self.list.selected()
        return found if isinstance(found, GroupMembers) else None

    def _read(self) -> None:
        day, picked = self.day.date(), self._picked()
        if day is None:
            return
        self.model.set_rows(groups_on(self.shell.context, day))
        self._left.setCurrentIndex(0 if self.model.rowCount() else 1)
        if self.model.rowCount() and (picked is None or not self.list.select_key(picked.group.key)):
            self.list.setCurrentIndex(self.list.proxy.index(0, 0))
        self.header.set_subtitle(f"Who is in which group on {date_year(day)}")
        self._show()

    def _show(self) -> None:
        picked = self._picked()
        self._asked = ""
        members = picked.members if picked else ()
        self.member_model.set_rows(members)
        if members:
            self.members.setCurrentIndex(self.members.proxy.index(0, 0))
        self.card.set_title(picked.group.title if picked else "Members")
        number = f"{len(members)} {'pupil' if len(members) == 1 else 'pupils'}"
        self.card.set_aside(f"{number}: too few for its rate to say much" if 0 < len(members) < SMALL else number)
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

    def _explain(self) -> None:
        picked = self._picked()
        if picked is not None:
            back = ("groups", {"group": picked.group.key})
            self.shell.go("explain", by=Grouping.GROUP, key=picked.group.key, last=self.day.date(), back=back)

    def _leave(self) -> None:
        if self.is_adding:
            self._right.setCurrentWidget(self.card)
            self.first_focus().setFocus()
        elif self.members.hasFocus():
            self.list.setFocus()
        else:
            self.shell.home()

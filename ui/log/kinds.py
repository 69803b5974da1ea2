"""Which kind of entry: the six usual ones by a letter, the others found by typing, under their headings."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QListView, QVBoxLayout, QWidget

from desktop_app.domain.entries import LOGGED_KINDS, EntryKind
from desktop_app.domain.kinds import KindGroup, KindRule
from desktop_app.rules.names import plain
from ui.log.draft import letters
from ui.parts.choices import ChoiceRow
from ui.parts.inputs import LineEdit
from ui.parts.scroll import slim_bars
from ui.theme import Theme
from ui.tokens import TextRole

KIND_KEYS = {
    EntryKind.PHONE_CALL: "P",
    EntryKind.TEXT: "T",
    EntryKind.EMAIL: "E",
    EntryKind.LETTER: "L",
    EntryKind.MEETING: "M",
    EntryKind.HOME_VISIT: "V",
}
OTHER_KEY = "O"
OTHER = "Other …"
HEADINGS = {
    KindGroup.CONTACT: "Calls and letters",
    KindGroup.MEETING: "Meetings",
    KindGroup.SUPPORT: "Support",
    KindGroup.VIEWS: "What was said",
    KindGroup.FORMAL: "Formal steps",
    KindGroup.COURT: "Authority and court",
    KindGroup.RECORD: "Record",
}
SHOWN = 9
"""Lines of the list that are in sight at once."""

Index = QModelIndex | QPersistentModelIndex


class KindsModel(QAbstractListModel):
    """Kinds under the headings of their groups. A heading cannot be picked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rules: tuple[KindRule, ...] = ()
        self._lines: tuple[KindRule | KindGroup, ...] = ()
        self._strong = QFont()

    def offer(self, rules: Sequence[KindRule], strong: QFont) -> None:
        """Offer these kinds; headings stand in this font."""
        self._rules, self._strong = tuple(rules), strong
        self.narrow("")

    def narrow(self, typed: str) -> None:
        """Show those of which each typed word begins a word of the title or the heading."""
        words = plain(typed).split()
        found = [rule for rule in self._rules if all(_begins(word, rule) for word in words)]
        lines: list[KindRule | KindGroup] = []
        for group in KindGroup:
            own = [rule for rule in found if rule.group is group]
            lines += [group, *own] if own else []
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def rule(self, row: int) -> KindRule | None:
        """The kind of a line; None for a heading, or where there is no such line."""
        found = self._lines[row] if 0 <= row < len(self._lines) else None
        return found if isinstance(found, KindRule) else None

    def step(self, row: int, by: int) -> int:
        """The next line up or down that is a kind; the same where there is none."""
        to = row + by
        while 0 <= to < len(self._lines) and self.rule(to) is None:
            to += by
        return to if self.rule(to) is not None else row

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._lines)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.rule(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"   {line.title}" if isinstance(line, KindRule) else HEADINGS[line]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{line.title}, {HEADINGS[line.group]}" if isinstance(line, KindRule) else HEADINGS[line]
        return self._strong if role == Qt.ItemDataRole.FontRole and isinstance(line, KindGroup) else None


def _begins(word: str, rule: KindRule) -> bool:
    return any(part.startswith(word) for part in plain(f"{rule.title} {HEADINGS[rule.group]}").split())


class KindFinder(QWidget):
    """A line and under it the list: letters narrow it, Up and Down move, Enter picks, Esc leaves it as it was."""

    found = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.model = KindsModel(self)
        self.line = _KindLine(theme, "type a few letters of it")
        self.line.setAccessibleName("Which other kind")
        self.list = QListView()
        self.list.setModel(self.model)
        self.list.setAccessibleName("Kinds of entry")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        slim_bars(self.list, theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(1))
        column.addWidget(self.line)
        column.addWidget(self.list)
        self.line.textEdited.connect(self._narrow)
        self.line.stepped.connect(self._step)
        self.line.entered.connect(self._pick)
        self.line.gave_up.connect(self.left)
        self.list.clicked.connect(lambda index: self._take(index.row()))
        self.hide()

    def offer(self, rules: Sequence[KindRule]) -> None:
        """Offer these kinds, all in sight, the keyboard in the line."""
        font = self._theme.font(TextRole.SECONDARY_STRONG)
        self.list.setFont(self._theme.font())
        self.model.offer(rules, font)
        self.list.setFixedHeight(self._theme.metrics().height() * SHOWN + self._theme.space(2))
        self.line.clear()
        self._narrow("")
        self.show()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _narrow(self, typed: str) -> None:
        self.model.narrow(typed)
        self._to(self.model.step(-1, 1))

    def _step(self, by: int) -> None:
        self._to(self.model.step(self.list.currentIndex().row(), by))

    def _to(self, row: int) -> None:
        self.list.setCurrentIndex(self.model.index(row, 0))
        rule = self.model.rule(row)
        self.line.setAccessibleDescription(rule.title if rule else "no such kind")

    def _pick(self) -> None:
        self._take(self.list.currentIndex().row())

    def _take(self, row: int) -> None:
        rule = self.model.rule(row)
        if rule is not None:
            self.hide()
            self.found.emit(rule.kind)


class _KindLine(LineEdit):
    stepped = Signal(int)
    entered = Signal()
    gave_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        plain_key = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if step is not None:
            self.stepped.emit(step)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain_key:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.gave_up.emit()
        else:
            super().keyPressEvent(event)


class KindPicker(QWidget):
    """The kinds as choices. `taken` says which was picked; `lettered` that the hand is on the keyboard."""

    taken = Signal(object)
    lettered = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._others: tuple[KindRule, ...] = ()
        self._shown: tuple[KindRule, ...] = ()
        self._other: KindRule | None = None
        self._answers = False
        self.kind = EntryKind.PHONE_CALL
        self.row = ChoiceRow(theme, "Kind")
        self.finder = KindFinder(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(1))
        column.addWidget(self.row)
        column.addWidget(self.finder)
        self.setFocusProxy(self.row)
        self.row.picked.connect(self._picked)
        self.row.lettered.connect(self._lettered)
        self.finder.found.connect(self._found)
        self.finder.left.connect(self._gave_up)

    def offer(self, rules: Sequence[KindRule], *, answers: bool = False) -> None:
        """Offer these kinds; of an entry that answers another, these alone and each by a letter."""
        self._answers = answers
        by_kind = {rule.kind: rule for rule in rules}
        usual = [by_kind[kind] for kind in LOGGED_KINDS if kind in by_kind]
        self._shown = tuple(rules) if answers else tuple(usual)
        self._others = () if answers else tuple(rule for rule in rules if rule.kind not in LOGGED_KINDS)
        self._other = None
        self.finder.hide()
        self._fill()

    def show_kind(self, kind: EntryKind) -> None:
        """Let a kind hold."""
        self.kind = kind
        self.finder.hide()
        place = next((number for number, rule in enumerate(self._shown) if rule.kind is kind), None)
        self._other = next((rule for rule in self._others if rule.kind is kind), None) if place is None else None
        self._fill()
        self.row.pick(len(self._shown) if place is None else place)

    def buttons(self) -> list[QAbstractButton]:
        """The choices, in order."""
        return self.row.buttons()

    def _fill(self) -> None:
        """The same buttons while they say the same: one of them may have the keyboard."""
        keys = letters(tuple(rule.title for rule in self._shown)) if self._answers else list(KIND_KEYS.values())
        choices = [(rule.title, key) for rule, key in zip(self._shown, keys, strict=True)]
        if self._others:
            choices.append((f"{self._other.title} …" if self._other else OTHER, OTHER_KEY))
        if [button.text() for button in self.row.buttons()] != [words for words, _ in choices]:
            self.row.set_choices(choices)

    def _picked(self, number: int) -> None:
        if number >= len(self._shown):
            self.finder.offer(self._others)
            return
        self.kind = self._shown[number].kind
        self.finder.hide()
        if self._other is not None:
            self._other = None
            self.row.buttons()[-1].setText(OTHER)
        self.taken.emit(self.kind)

    def _lettered(self, number: int) -> None:
        if number < len(self._shown):
            self.lettered.emit()

    def _found(self, kind: EntryKind) -> None:
        self.show_kind(kind)
        self.taken.emit(kind)
        self.lettered.emit()

    def _gave_up(self) -> None:
        self.show_kind(self.kind)
        self.row.setFocus(Qt.FocusReason.OtherFocusReason)

"""The small form of a kind: a field for each that its rule names, and a place for what the writer thinks of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.context import Context
from desktop_app.domain.cases import MEETING
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.kinds import OPINION, FieldRule, FieldType, KindRule
from desktop_app.domain.staff import Staff
from desktop_app.rules.casework.meetings import DueMeeting
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.display import short_date
from ui.parts.choices import ChoiceRow
from ui.parts.field import Field
from ui.parts.inputs import Choice, DateEdit, LineEdit, NoteEdit, TimeEdit
from ui.theme import Theme

OPINION_TITLE = "What you think, apart from the facts"
Offered = Sequence[tuple[str, str]]
"""What a field offers: pairs of the value that is kept and the words that are shown."""
ANOTHER = "another meeting"
YES_NO = (("yes", "Yes"), ("no", "No"))


class YesNo(ChoiceRow):
    """Yes or no; at first neither, for what nobody looked at is not a no."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name, [("Yes", "Y"), ("No", "N")])

    def text(self) -> str:
        """`yes`, `no`, or nothing."""
        said = [value for button, (value, _) in zip(self.buttons(), YES_NO, strict=True) if button.isChecked()]
        return said[0] if said else ""

    def show_text(self, value: str) -> None:
        """Let that hold."""
        values = [one for one, _ in YES_NO]
        self.pick(values.index(value) if value in values else None)


class KindFields(QWidget):
    """The fields of one kind. It hands out and takes back what was typed, unread."""

    edited = Signal()
    """Something was typed or chosen in one of them."""

    def __init__(self, theme: Theme, today: Callable[[], date]) -> None:
        super().__init__()
        self._theme = theme
        self._today = today
        self.fields: dict[str, Field] = {}
        self._needed: tuple[str, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.space(2))

    def show_rule(
        self, rule: KindRule, offered: Mapping[str, Offered], likely: Mapping[str, str] | None = None
    ) -> None:
        """Ask what this kind asks. `offered` has by key what a field offers besides the choices of its rule; `likely`
        what stands in one until somebody says otherwise. What two kinds both ask is kept."""
        before = {**(likely or {}), **self.values()}
        self.clear()
        self.fields = {one.key: self._field(one, offered.get(one.key)) for one in rule.fields}
        self._needed = tuple(one.key for one in rule.fields if one.needed)
        if rule.opinion:
            words = "kept beside the facts, and marked as yours"
            self.fields[OPINION] = Field(self._theme, OPINION_TITLE, NoteEdit(self._theme, words, 2))
        for field in self.fields.values():
            self._column.addWidget(field)
            field.show()  # a widget added to a visible parent stays hidden until it is told
            _changed(field.editor).connect(self.edited)
            field.editor.setAcceptDrops(False)  # a file dropped on it is for the entry
        self.show_values(before)
        self.setVisible(bool(self.fields))

    def clear(self) -> None:
        """Ask nothing: what stood in a field of another entry is not asked of the next."""
        for old in self.fields.values():
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.fields = {}

    def values(self) -> dict[str, str]:
        """What stands in each field, by key."""
        return {key: _text(field.editor) for key, field in self.fields.items()}

    def show_values(self, values: Mapping[str, str]) -> None:
        """Let these stand in the fields; the others are empty."""
        for key, field in self.fields.items():
            _show(field.editor, values.get(key, ""))

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        found: list[QWidget] = []
        for field in self.fields.values():
            found += field.editor.buttons() if isinstance(field.editor, YesNo) else [field.editor]
        return found

    @property
    def first_needed(self) -> QWidget | None:
        """The first field that must be filled and is not."""
        return next((self.fields[key].editor for key in self._needed if not _text(self.fields[key].editor)), None)

    def _field(self, rule: FieldRule, offered: Offered | None) -> Field:
        title = f"{rule.title} (needed)" if rule.needed else rule.title
        field = Field(self._theme, title, self._editor(rule, offered), rule.hint)
        field.editor.setAccessibleName(title)
        return field

    def _editor(self, rule: FieldRule, offered: Offered | None) -> QWidget:
        theme = self._theme
        if rule.choices or offered is not None:
            choice = Choice(theme)
            values = offered if offered is not None else [(one, one) for one in rule.choices]
            if all(value for value, _ in values):
                choice.add("not said", "")
            for value, words in values:
                choice.add(words, value)
            return choice
        if rule.type is FieldType.YES_NO:
            return YesNo(theme, rule.title)
        if rule.type is FieldType.LONG:
            return NoteEdit(theme, lines=2)
        if rule.type is FieldType.DAY:
            return DateEdit(theme, self._today)
        return TimeEdit(theme) if rule.type is FieldType.TIME else LineEdit(theme)


def offered_for(
    context: Context, rule: KindRule, contacts: Sequence[ContactCard], due: Sequence[DueMeeting] = ()
) -> dict[str, Offered]:
    """What fields offer that does not stand in their rule: the pack’s meetings, those that are `due` first and with
    their day, the contacts, the staff."""
    meets = rule.kind is EntryKind.MEETING
    if not meets and not {one.type for one in rule.fields} & {FieldType.PERSON, FieldType.STAFF}:
        return {}
    with context.store.reading() as reading:
        meetings = context.pack(reading.book.school()).casework.meetings
        staff = [(str(one.id), one.name) for one in reading.book.all(Staff) if one.active]
    offered: dict[str, Offered] = {}
    for one in rule.fields:
        if one.type is FieldType.PERSON:
            offered[one.key] = [(str(card.person.id), card.person.formal_name) for card in contacts]
        elif one.type is FieldType.STAFF:
            offered[one.key] = staff
        elif meets and one.key == MEETING and (meetings or due):
            offered[one.key] = _meetings([(meeting.key, meeting.title) for meeting in meetings], due)
    return offered


def likely_of(rule: KindRule, due: Sequence[DueMeeting]) -> dict[str, str]:
    """What stands in a field until somebody says otherwise: the meeting that is due, where one alone is."""
    return {MEETING: due[0].key} if rule.kind is EntryKind.MEETING and len(due) == 1 else {}


def _meetings(known: Sequence[tuple[str, str]], due: Sequence[DueMeeting]) -> Offered:
    """What is due first. Where a case waits for one alone, that it was another is said outright."""
    if not due:
        return known
    waiting = {one.key for one in due}
    first = [(one.key, f"{one.title}, due {short_date(one.due)}" if one.due else one.title) for one in due]
    another = [("", ANOTHER)] if len(due) == 1 else []
    return [*first, *(one for one in known if one[0] not in waiting), *another]


def _text(editor: QWidget) -> str:
    if isinstance(editor, Choice):
        return str(editor.value() or "")
    if isinstance(editor, NoteEdit):
        return editor.toPlainText()
    return editor.text() if isinstance(editor, LineEdit | YesNo) else ""


def _changed(editor: QWidget) -> SignalInstance:
    """The signal by which a field says that something else stands in it."""
    if isinstance(editor, Choice):
        return editor.currentIndexChanged
    if isinstance(editor, YesNo):
        return editor.picked
    if isinstance(editor, NoteEdit | LineEdit):
        return editor.textChanged
    raise TypeError(editor)


def _show(editor: QWidget, value: str) -> None:
    if isinstance(editor, Choice):
        editor.choose(value)
    elif isinstance(editor, NoteEdit):
        editor.setPlainText(value)
    elif isinstance(editor, LineEdit):
        editor.setText(value)
    elif isinstance(editor, YesNo):
        editor.show_text(value)

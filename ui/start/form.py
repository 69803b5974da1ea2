"""The form that makes a school: particulars, register, term dates, who you are, where the file lies."""

from __future__ import annotations

from datetime import date, time, timedelta
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from desktop_app.actions.school import NewSchool
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.school import Phase, SchoolType
from desktop_app.domain.sessions import school_year_start
from desktop_app.domain.staff import Role
from ui.parts.buttons import Button
from ui.parts.card import Card, row_of
from ui.parts.field import Field
from ui.parts.header import PageHeader
from ui.parts.inputs import Choice, LineEdit, Tick, TimeEdit
from ui.parts.scroll import slim_bars
from ui.parts.text import Label
from ui.start.draft import TypedSchool, file_name, form_faults, new_school_of
from ui.start.terms import TermsEditor
from ui.start.words import DAILY_SHARING, OTHER_REGISTER, PHASES, ROLES, STATE_FUNDED, TYPES
from ui.theme import Theme
from ui.tokens import TextRole


class NewSchoolForm(QWidget):
    """Asks all that a school needs. `wanted` carries the request and the file; nothing is made here."""

    wanted = Signal(object, object)
    left = Signal()

    def __init__(self, theme: Theme, rulebook: Rulebook, today: date, folder: Path) -> None:
        super().__init__()
        self._theme = theme
        self._folder = folder
        self._most = rulebook.register_open.value
        self._middle = school_year_start(today) + timedelta(days=167)
        self._path_typed = False
        self._make_inputs(rulebook)
        self.fields = self._make_fields()
        self._build()
        self._connect()
        self._type_changed()

    def typed(self) -> TypedSchool:
        """The form as it stands."""
        kind, phase, role = self.kind.value(), self.phase.value(), self.role.value()
        return TypedSchool(
            name=self.name.text(),
            la=str(self.la.value() or ""),
            type=kind if isinstance(kind, SchoolType) else SchoolType.MAINTAINED,
            phase=phase if isinstance(phase, Phase) else Phase.PRIMARY,
            is_register=bool(self.is_register.value()),
            dfe_number=self.dfe_number.text(),
            am=(self.am_opens.text(), self.am_closes.text()),
            pm=(self.pm_opens.text(), self.pm_closes.text()),
            rows=self.terms.typed(),
            closed_on=self.terms.closed_on(),
            headteacher=self.headteacher.text(),
            staff_name=self.staff_name.text(),
            position=self.position.text(),
            role=role if isinstance(role, Role) else Role.OFFICE,
            user=self.user.text(),
            password=self.password.text(),
            again=self.again.text(),
            path=self.path.text(),
        )

    def submit(self) -> None:
        """Ask for the school to be made, or say what is wrong beside each field and go to the first."""
        typed = self.typed()
        faults = form_faults(typed, self._middle, self._most)
        for key, field in self.fields.items():
            field.set_fault(faults.get(key, ""))
        if faults:
            first = self.fields[next(iter(faults))]
            self._scroll.ensureWidgetVisible(first, 0, self._theme.space(12))
            first.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            count = len(faults)
            self.say("One thing is missing or wrong." if count == 1 else f"{count} things are missing or wrong.")
            return
        self.say("")
        request: NewSchool = new_school_of(typed, self._middle)
        self.wanted.emit(request, Path(typed.path.strip()))

    def say(self, text: str) -> None:
        """Say something beside the button."""
        self.said.setText(f"⚠ {text}" if text else "")

    def first_focus(self) -> QWidget:
        """The first field."""
        return self.name

    def _make_inputs(self, rulebook: Rulebook) -> None:
        theme = self._theme
        self.name, self.dfe_number = LineEdit(theme), LineEdit(theme, "341/2001")
        self.la, self.kind, self.phase, self.is_register = (Choice(theme) for _ in range(4))
        for key, pack in sorted(rulebook.packs.items(), key=lambda item: (item[0] == "england", item[1].title)):
            self.la.add(pack.authority or pack.title, key)
        self.la.setPlaceholderText("Choose the authority")
        self.la.setCurrentIndex(-1)  # a council nobody chose would put its thresholds into every figure
        for kind, words in TYPES.items():
            self.kind.add(words, kind)
        for phase, words in PHASES.items():
            self.phase.add(words, phase)
        self.is_register.add("Rollbook is the register", True)
        self.is_register.add("Another system is the register", False)
        self.am_opens, self.am_closes = TimeEdit(theme, time(8, 45)), TimeEdit(theme, time(9, 15))
        self.pm_opens, self.pm_closes = TimeEdit(theme, time(13, 0)), TimeEdit(theme, time(13, 15))
        self.terms = TermsEditor(theme, self._middle)
        self.headteacher, self.staff_name, self.position, self.user = (LineEdit(theme) for _ in range(4))
        self.role = Choice(theme)
        for role, words in ROLES.items():
            if role is not Role.READ_ONLY:
                self.role.add(words, role)
        self.role.choose(Role.OFFICE)
        self.password, self.again = LineEdit(theme), LineEdit(theme)
        for edit in (self.password, self.again):
            edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.show_password = Tick(theme, "Show the password")
        self.path = LineEdit(theme)
        self.path.setText(str(self._folder / file_name("")))
        self.browse = Button(theme, "Another place …", icon="folder")
        self.notice = Label(theme, DAILY_SHARING, TextRole.BODY, "ink", wrap=True)
        self.register_note = Label(theme, OTHER_REGISTER, TextRole.SECONDARY, "second", wrap=True)

    def _make_fields(self) -> dict[str, Field]:
        theme = self._theme
        return {
            "name": Field(theme, "Name of the school", self.name),
            "la": Field(theme, "Local authority", self.la, "Its bands, thresholds and referral forms are used."),
            "dfe_number": Field(theme, "DfE number", self.dfe_number),
            "type": Field(theme, "Type", self.kind),
            "phase": Field(theme, "Phase", self.phase),
            "is_register": Field(theme, "The statutory register", self.is_register),
            "am": Field(theme, "Morning register opens and closes", _pair(self.am_opens, self.am_closes)),
            "pm": Field(theme, "Afternoon register opens and closes", _pair(self.pm_opens, self.pm_closes)),
            "calendar": Field(theme, "Term dates", self.terms, "Type them as 2/9 or 2 Sep, or take them from a file."),
            "headteacher": Field(theme, "Headteacher", self.headteacher, "Printed under the certificate."),
            "staff_name": Field(theme, "Your name", self.staff_name, "As it should stand beside what you record."),
            "position": Field(theme, "Your position", self.position),
            "role": Field(theme, "Your part in attendance", self.role),
            "user": Field(theme, "Name to sign in with", self.user),
            "password": Field(theme, "Password", self.password, "At least 12 characters; four words are good."),
            "again": Field(theme, "The same again", self.again),
            "path": Field(theme, "Kept in the file", self.path, "On this PC, not in a synchronised folder."),
        }

    def _build(self) -> None:
        theme = self._theme
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(theme.space(5), theme.space(4), theme.space(5), theme.space(4))
        column.setSpacing(theme.space(3))
        column.addWidget(
            PageHeader(theme, "Make a school", "Have the term dates to hand. Nothing is kept until the last button.")
        )
        for card in self._cards():
            column.addWidget(card)
        column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setWidget(inside)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        slim_bars(self._scroll, theme, "page")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll, 1)
        whole.addLayout(self._foot())

    def _cards(self) -> tuple[Card, ...]:
        theme, fields = self._theme, self.fields
        school = Card(theme, "The school")
        school.body.addLayout(_line(fields["name"], fields["la"]))
        school.body.addLayout(_line(fields["type"], fields["phase"], fields["dfe_number"]))
        school.body.addWidget(fields["headteacher"])
        register = Card(theme, "The register")
        register.body.addLayout(_line(fields["is_register"], fields["am"], fields["pm"]))
        register.body.addWidget(self.register_note)
        register.body.addWidget(self.notice)
        calendar = Card(theme, "Term dates", f"School year {self._middle.year - 1}/{self._middle.year % 100:02d}")
        calendar.body.addWidget(fields["calendar"])
        fields["calendar"].label.hide()
        you = Card(theme, "You")
        you.body.addLayout(_line(fields["staff_name"], fields["position"], fields["role"]))
        you.body.addLayout(_line(fields["user"], fields["password"], fields["again"]))
        you.body.addWidget(self.show_password)
        place = Card(theme, "Where it is kept")
        place.body.addWidget(fields["path"])
        place.body.addLayout(row_of(self.browse))
        return school, register, calendar, you, place

    def _foot(self) -> QHBoxLayout:
        theme = self._theme
        self.back = Button(theme, "Back", icon="arrow-left")
        self.make = Button(theme, "Make the school", key="Ctrl+Return", primary=True)
        self.said = Label(theme, "", TextRole.STRONG, "alarm")
        foot = QHBoxLayout()
        foot.setContentsMargins(theme.space(5), theme.space(2), theme.space(5), theme.space(3))
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.said)
        foot.addSpacing(theme.space(2))
        foot.addWidget(self.make)
        return foot

    def _connect(self) -> None:
        self.terms.follow(self.pm_closes)
        self.kind.currentIndexChanged.connect(self._type_changed)
        self.is_register.currentIndexChanged.connect(self._type_changed)
        self.name.textChanged.connect(self._name_changed)
        self.path.textEdited.connect(self._path_edited)
        self.browse.clicked.connect(self._ask_path)
        self.show_password.toggled.connect(self._show_password)
        self.make.clicked.connect(self.submit)
        self.back.clicked.connect(self.left)

    def _type_changed(self) -> None:
        typed = self.typed()
        self.notice.setVisible(typed.type in STATE_FUNDED and typed.is_register)
        self.register_note.setVisible(not typed.is_register)

    def _name_changed(self, name: str) -> None:
        if not self._path_typed:
            self.path.setText(str(self._folder / file_name(name)))

    def _path_edited(self) -> None:
        self._path_typed = True

    def _ask_path(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, "Where the school is kept", self.path.text(), "Rollbook school (*.rollbook)"
        )
        if name:
            self._path_typed = True
            self.path.setText(name if name.endswith(".rollbook") else f"{name}.rollbook")

    def _show_password(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        for edit in (self.password, self.again):
            edit.setEchoMode(mode)


def _line(*fields: Field) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(16)
    for field in fields:
        row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
    return row


def _pair(opens: TimeEdit, closes: TimeEdit) -> QWidget:
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    opens.setAccessibleName("opens")
    closes.setAccessibleName("closes")
    row.addWidget(opens)
    row.addWidget(closes)
    both.setFocusProxy(opens)
    return both

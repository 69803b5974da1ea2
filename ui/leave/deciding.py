"""One request: what is to be known of it, what was asked before, and its decision with ground and reasons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.actions.leave_reading import LeaveLine, LeavePage
from desktop_app.domain.leave import LeaveRequest, LeaveState, NewDecision
from desktop_app.domain.rights import Right
from desktop_app.rules.display import date_year
from desktop_app.rules.leave import span_words
from desktop_app.rules.leave_days import read_spans
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.choices import ChoiceRow
from ui.parts.field import Field
from ui.parts.inputs import Choice, LineEdit, NoteEdit
from ui.parts.text import Label
from ui.shell import Shell
from ui.tokens import TextRole

DECISIONS = (
    (LeaveState.GRANTED, "Granted", "G"),
    (LeaveState.PART, "In part", "P"),
    (LeaveState.REFUSED, "Refused", "R"),
)
MANY = 5
"""So many earlier requests are named; the rest are counted."""
HEAD_ONLY = "Whoever may grant leave decides it: the headteacher, or whom the governors named."


class DecidingCard(Card):
    """Shows a request. `wanted` is the decision as it stands in the form."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell.theme, "The request")
        theme = shell.theme
        self._shell = shell
        self._request: LeaveLine | None = None
        self.asked = Label(theme, "", wrap=True)
        self.state = Label(theme, "", TextRole.STRONG, wrap=True)
        self.told = Label(theme, "", wrap=True)
        self.before = Label(theme, "", TextRole.SECONDARY, "second", wrap=True)
        self.decision = ChoiceRow(theme, "Decision", [(words, key) for _, words, key in DECISIONS])
        self.ground = Choice(theme)
        self.meaning = Label(theme, "", TextRole.SECONDARY, "second", wrap=True)
        self.listed = Choice(theme)
        self.parts = LineEdit(theme, "30/11, 1/12 PM, 2/12 to 4/12")
        self.reasons = NoteEdit(theme, "Why: it stands in the letter to each parent", 2)
        self.keep = Button(theme, "Decide", key="Ctrl+Enter", primary=True, bind=False)
        self.fault = Label(theme, "", TextRole.STRONG, "alarm", wrap=True)
        self.head_only = Label(theme, HEAD_ONLY, ink="second", wrap=True)
        self._again = False
        self._grounds: LeavePage | None = None
        self._picked: LeaveState | None = None
        self._form = QWidget()
        self._build()
        self.decision.picked.connect(self._pick)
        self.ground.currentIndexChanged.connect(self._explain)

    def show_page(self, page: LeavePage) -> None:
        """Take the grounds and the list there are."""
        if self._grounds is not None and self._grounds.grounds == page.grounds and self._grounds.listed == page.listed:
            return
        self._grounds = page
        self.ground.clear()
        for one in page.grounds:
            self.ground.add(f"{one.title} ({one.code})", one.key)
        self.listed.clear()
        self.listed.add("not on the list, or not looked up", "")
        for item in page.listed.items if page.listed else ():
            self.listed.add(item, item)
        self._suit()

    def show_line(self, line: LeaveLine | None) -> None:
        """Show a request; the same one again keeps what is half typed."""
        before = self._request.request if self._request is not None else None
        same = before is not None and line is not None and before.entry == line.request.entry
        if not same or line is None or before is None or before.state is not line.request.state:
            self._again = False
        self._request = line
        self._form.setVisible(self.deciding)
        waits = line is not None and line.request.state is LeaveState.WAITING
        self.head_only.setVisible(waits and not self.deciding)
        if line is None:
            for label in (self.asked, self.state, self.told, self.before):
                label.setText("")
            self.set_title("No request")
            return
        self.set_title(line.child.name)
        request = line.request
        late = " It was asked for late." if request.late else ""
        evidence = f" With it came: {request.evidence}." if request.evidence else ""
        self.asked.setText(
            f"{request.by} asked on {date_year(request.asked_on)} for {span_words(request.span)}: “{request.reason}”."
            f"{evidence}{late}"
        )
        self.state.setText(" ".join(filter(None, (line.says, line.clock))))
        self.told.setText("\n".join(f"⚠ {one}" for one in line.told))
        self.told.setVisible(bool(line.told))
        self.before.setText(before_words(line))
        if not same:
            self.clear()

    def begin_again(self) -> None:
        """Open the form for a request that was decided: more is known now."""
        self._again = self._request is not None and self._request.request.state.decided
        self.clear()
        self._form.setVisible(self.deciding)

    @property
    def deciding(self) -> bool:
        """Whether a decision can be made: the request waits or is decided again, and whoever is at the desk may grant
        leave."""
        context = self._shell.context
        waits = self._request is not None and self._request.request.state is LeaveState.WAITING
        return (waits or self._again) and context.may(Right.GRANT_LEAVE) and not context.store.read_only

    def give_up(self) -> None:
        """Empty the form, and close it where the request was decided already."""
        self._again = False
        self.clear()
        self._form.setVisible(self.deciding)

    @property
    def half_typed(self) -> bool:
        """Whether something stands in the form, or it was opened to decide again."""
        return self._again or self._picked is not None or bool(self.reasons.toPlainText().strip())

    def clear(self) -> None:
        """Empty the form."""
        self._picked = None
        self.decision.pick(None)
        self.ground.setCurrentIndex(-1)
        self.listed.setCurrentIndex(0)
        self.parts.clear()
        self.reasons.clear()
        self.set_fault("")
        self._suit()

    def wanted(self) -> NewDecision:
        """The decision as it stands there. Raises `Refused` for days that cannot be read."""
        state = self._picked or LeaveState.WAITING
        parts = read_spans(self.parts.text(), self._shell.context.today()) if state is LeaveState.PART else ()
        ground = str(self.ground.value() or "") if state is not LeaveState.REFUSED else ""
        listed = str(self.listed.value() or "") if state is not LeaveState.REFUSED else ""
        return NewDecision(state, self.reasons.toPlainText().strip(), ground, parts, listed, self._again)

    def set_fault(self, words: str) -> None:
        """Say what is wrong; empty: nothing is."""
        self.fault.setText(f"⚠ {words}" if words else "")
        self.fault.setVisible(bool(words))

    def _build(self) -> None:
        theme = self._shell.theme
        for label in (self.asked, self.state, self.told, self.before, self.head_only):
            self.body.addWidget(label)
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(theme.space(2))
        self._ground_field = Field(theme, "Ground", self.ground)
        self._listed_field = Field(theme, "On the school’s published list", self.listed)
        self._parts_field = Field(theme, "Days granted", self.parts)
        form.addWidget(Field(theme, "Decision", self.decision))
        for part in (self._ground_field, self.meaning, self._listed_field, self._parts_field):
            form.addWidget(part)
        form.addWidget(Field(theme, "Reasons", self.reasons))
        form.addWidget(self.fault)
        form.addWidget(self.keep)
        self.body.addWidget(self._form)
        self.body.addStretch(1)

    def _pick(self, number: int) -> None:
        self._picked = DECISIONS[number][0]
        self._suit()

    def _suit(self) -> None:
        """Ask only for what the decision needs."""
        grants = self._picked in (LeaveState.GRANTED, LeaveState.PART)
        self._ground_field.setVisible(grants)
        self._listed_field.setVisible(grants and self.listed.count() > 1)
        self._parts_field.setVisible(self._picked is LeaveState.PART)
        self._explain()

    def _explain(self) -> None:
        found = (
            next((one for one in self._grounds.grounds if one.key == self.ground.value()), None)
            if self._grounds
            else None
        )
        evidence = f" Evidence: {found.evidence}" if found and found.evidence else ""
        self.meaning.setText(f"{found.meaning}{evidence}" if found else "")
        self.meaning.setVisible(found is not None and self._picked in (LeaveState.GRANTED, LeaveState.PART))


def before_words(line: LeaveLine) -> str:
    """What the child and its brothers and sisters asked for, the same days first."""
    same = [f"{name}: {_one(one)}" for name, one in line.same]
    others = [f"{name}: {_one(one)}" for name, one in line.family if (name, one) not in line.same]
    parts = (
        _listed("The family, for the same days", same),
        _listed("This child before", [_one(one) for one in line.history]),
        _listed("The family besides", others),
    )
    return "\n".join(filter(None, parts)) or "Nothing was asked for before, of this child or its brothers and sisters."


def _listed(about: str, said: Sequence[str]) -> str:
    more = f"; and {len(said) - MANY} more" if len(said) > MANY else ""
    return f"{about}: {'; '.join(said[:MANY])}{more}." if said else ""


def _one(request: LeaveRequest) -> str:
    return f"{span_words(request.span)} ({request.reason}), {request.state.value}"

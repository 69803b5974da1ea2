"""The kinds of the log form: which are found by typing, by which letters outcomes are picked, what fields hand out."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget

from desktop_app import paths, rulebook
from desktop_app.domain.entries import LOGGED_KINDS, EntryKind
from desktop_app.domain.errors import Refused
from desktop_app.domain.kinds import FieldRule, FieldType, KindGroup, KindRule, Persons
from ui.log.draft import Draft, Subject, details_of, entry_of, letters, quick_of
from ui.log.fields import KindFields
from ui.log.kinds import HEADINGS, KindsModel
from ui.parts.inputs import Choice, DateEdit, LineEdit, NoteEdit, TimeEdit

KINDS = rulebook.load(paths.resources()).kinds
TODAY = date(2026, 11, 24)


@pytest.mark.parametrize("rule", KINDS.by_hand(), ids=lambda rule: rule.kind.value)
def test_every_outcome_of_a_kind_has_a_letter_of_its_own(rule: KindRule) -> None:
    keys = [quick.key for quick in quick_of(rule)]
    assert all(keys)
    assert len(set(keys)) == len(keys)


def test_the_outcomes_of_other_kinds_are_those_a_case_looks_for() -> None:
    for rule in KINDS.by_hand():
        if rule.kind not in LOGGED_KINDS:
            assert tuple(quick.words.casefold() for quick in quick_of(rule)) == rule.outcomes
    meeting = {quick.words.casefold() for quick in quick_of(KINDS.rules[EntryKind.MEETING])}
    assert meeting == set(KINDS.rules[EntryKind.MEETING].outcomes)


def test_letters_are_the_first_that_is_free() -> None:
    assert letters(("agreed", "answered", "aa")) == ["A", "N", ""]


def test_kinds_are_listed_under_their_headings_and_narrowed_by_typing(qapp) -> None:
    model = KindsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.offer([rule for rule in KINDS.by_hand() if rule.kind not in LOGGED_KINDS], QFont())
    first = model.index(0, 0)
    assert first.data() == HEADINGS[KindGroup.SUPPORT]
    assert not first.flags() & Qt.ItemFlag.ItemIsSelectable
    assert model.rowCount() > 15
    model.narrow("ref ag")
    assert [model.index(row, 0).data().strip() for row in range(model.rowCount())] == [
        "Support",
        "Referral to an agency",
    ]
    assert model.rule(0) is None
    found = model.rule(model.step(-1, 1))
    assert found is not None
    assert found.kind is EntryKind.AGENCY_REFERRAL
    model.narrow("court")
    assert {model.rule(row).kind for row in range(1, model.rowCount())} >= {EntryKind.ORDER, EntryKind.UNDER_CAUTION}
    model.narrow("nothing of the kind")
    assert model.rowCount() == 0
    assert model.step(-1, 1) == -1
    assert tester.model() is model


def test_days_and_times_are_read_as_elsewhere_and_kept_in_one_manner() -> None:
    rule = KindRule(
        EntryKind.NOTE,
        "Note",
        KindGroup.RECORD,
        Persons.NONE,
        ("noted",),
        (FieldRule("on", "Chase on", FieldType.DAY), FieldRule("at", "At", FieldType.TIME)),
        opinion=True,
    )
    assert details_of(rule, {"on": "1 Dec", "at": "2.30 pm", "opinion": " unsure "}, TODAY) == {
        "on": "2026-12-01",
        "at": "14:30",
        "opinion": "unsure",
    }
    assert details_of(rule, {"on": " ", "at": "", "opinion": ""}, TODAY) == {}
    with pytest.raises(Refused, match=r"^Chase on: “soon” is not a day"):
        details_of(rule, {"on": "soon"}, TODAY)


def test_whom_an_entry_names_depends_on_its_kind() -> None:
    now = datetime(2026, 11, 24, 10, 0)
    draft = Draft(EntryKind.AGENCY_REFERRAL, day="today", time="9:00", outcome="Sent", details={"agency": "CAMHS"})
    subject = Subject((), ())
    assert entry_of(draft, subject, now, KINDS.rules[EntryKind.AGENCY_REFERRAL]).details == {"agency": "CAMHS"}
    with pytest.raises(Refused, match="Tick with whom"):
        entry_of(draft, subject, now, KINDS.rules[EntryKind.SUPPORT])
    about = Draft(EntryKind.NOTE, frozenset({7}), day="today", time="9:00", outcome="Noted", also=frozenset({6}))
    made = entry_of(about, subject, now, KINDS.rules[EntryKind.NOTE], adds_to=3)
    assert (made.persons, made.pupils, made.adds_to) == ((), (6,), 3)


def test_each_type_of_field_has_its_own_editor_and_gives_back_what_was_typed(theme, qtbot) -> None:
    types = {
        FieldType.TEXT: LineEdit,
        FieldType.LONG: NoteEdit,
        FieldType.DAY: DateEdit,
        FieldType.TIME: TimeEdit,
        FieldType.NUMBER: LineEdit,
    }
    rules = tuple(FieldRule(kind.value, kind.value, kind) for kind in types)
    rules += (
        FieldRule("choice", "Which", FieldType.CHOICE, choices=("a", "b")),
        FieldRule("yes-no", "Seen", FieldType.YES_NO, needed=True),
    )
    fields = KindFields(theme, lambda: TODAY)
    page = QWidget()
    qtbot.addWidget(page)
    fields.setParent(page)
    rule = KindRule(EntryKind.NOTE, "Note", KindGroup.RECORD, Persons.NONE, (), rules, opinion=True)
    fields.show_rule(rule, {})
    for kind, editor in types.items():
        assert isinstance(fields.fields[kind.value].editor, editor)
    assert isinstance(fields.fields["choice"].editor, Choice)
    assert set(fields.values().values()) == {""}
    assert fields.first_needed is fields.fields["yes-no"].editor
    typed = dict.fromkeys(fields.values(), "x") | {"choice": "b", "yes-no": "no"}
    fields.show_values(typed)
    assert fields.values() == typed
    assert fields.first_needed is None
    fields.show_rule(KindRule(EntryKind.NOTE, "Note", KindGroup.RECORD, Persons.NONE, (), rules[:1]), {})
    assert fields.values() == {"text": "x"}

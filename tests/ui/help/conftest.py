"""The window with all its places over a school where each has something in it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from desktop_app import paths
from desktop_app.actions.cases import open_case
from desktop_app.actions.log import log
from desktop_app.actions.register import write
from desktop_app.actions.register_checks import Edit
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.sessions import Half, Session
from tests.support.schools import SmallSchool
from tests.support.windows import Desk
from ui.admission.page import AdmitPage
from ui.cases.page import CasesPage
from ui.changes.page import ChangesPage
from ui.checking.page import CheckPage
from ui.comparison.page import ComparisonPage
from ui.confirming.page import ConfirmingPage
from ui.explain.page import ExplainPage
from ui.groups.page import GroupsPage
from ui.hatch.page import HatchPage
from ui.help.blocks import Section
from ui.help.book import read_book
from ui.help.reference import Facts, everyday_words
from ui.importing.page import ImportPage
from ui.keying.page import KeyingPage
from ui.paper.page import PaperPage
from ui.plans.page import PlanPage
from ui.pupils.page import PupilsPage
from ui.register.page import RegisterPage
from ui.reports.page import ReportsPage
from ui.rollcall.page import RollCallPage
from ui.rollover.page import RolloverPage
from ui.school_log.page import SchoolLogPage
from ui.settings.page import SettingsPage
from ui.targets.page import TargetsPage
from ui.today.page import TodayPage
from ui.watch.page import WatchPage
from ui.week.page import WeekPage
from ui.year.page import YearPage

PLACES = (
    TodayPage,
    RegisterPage,
    PupilsPage,
    CasesPage,
    PlanPage,
    WeekPage,
    ConfirmingPage,
    ChangesPage,
    CheckPage,
    RollCallPage,
    HatchPage,
    PaperPage,
    ReportsPage,
    KeyingPage,
    ImportPage,
    AdmitPage,
    RolloverPage,
    YearPage,
    SettingsPage,
    ComparisonPage,
    TargetsPage,
    SchoolLogPage,
    WatchPage,
    ExplainPage,
    GroupsPage,
)
THIS_MORNING = Session(date(2026, 11, 20), Half.AM)
FOLDER = paths.resources() / "help"


@pytest.fixture
def folder() -> Path:
    """Where the text of the help lies."""
    return FOLDER


@pytest.fixture
def facts(school: SmallSchool, rulebook: Rulebook) -> Facts:
    with school.context.store.reading() as reading:
        about = reading.book.school()
    return Facts(rulebook, school.context.pack(about), about, everyday_words(FOLDER / "everyday.toml"))


@pytest.fixture
def sections(facts: Facts) -> tuple[Section, ...]:
    return read_book(FOLDER, facts)


@pytest.fixture
def busy(school: SmallSchool) -> SmallSchool:
    """Somebody to call, somebody with a case, something in a chronology."""
    context, doyle = school.context, school.pupils["Doyle"]
    write(context, [Edit(school.pupils["Abara"], THIS_MORNING, "N"), Edit(doyle, THIS_MORNING, "I")])
    with context.store.reading() as reading:
        referral = context.pack(reading.book.school()).referrals[0].key
    open_case(context, doyle, referral)
    log(context, NewEntry(EntryKind.PHONE_CALL, datetime(2026, 11, 19, 9, 30), (doyle,), "No answer"))
    return school


@pytest.fixture
def desk(busy: SmallSchool, open_at) -> Desk:
    return open_at("today", *PLACES)

"""The places of the window, by a list: those in the rail in its order."""

from __future__ import annotations

from desktop_app.domain.rights import Right
from ui.shell import Page, Place


def _today() -> type[Page]:
    from ui.today.page import TodayPage  # noqa: PLC0415

    return TodayPage


def _registers() -> type[Page]:
    from ui.register.page import RegisterPage  # noqa: PLC0415

    return RegisterPage


def _pupils() -> type[Page]:
    from ui.pupils.page import PupilsPage  # noqa: PLC0415

    return PupilsPage


def _cases() -> type[Page]:
    from ui.cases.page import CasesPage  # noqa: PLC0415

    return CasesPage


def _import() -> type[Page]:
    from ui.importing.page import ImportPage  # noqa: PLC0415

    return ImportPage


def _hatch() -> type[Page]:
    from ui.hatch.page import HatchPage  # noqa: PLC0415

    return HatchPage


def _watch() -> type[Page]:
    from ui.watch.page import WatchPage  # noqa: PLC0415

    return WatchPage


def _week() -> type[Page]:
    from ui.week.page import WeekPage  # noqa: PLC0415

    return WeekPage


def _changes() -> type[Page]:
    from ui.changes.page import ChangesPage  # noqa: PLC0415

    return ChangesPage


def _roll_call() -> type[Page]:
    from ui.rollcall.page import RollCallPage  # noqa: PLC0415

    return RollCallPage


def _plan() -> type[Page]:
    from ui.plans.page import PlanPage  # noqa: PLC0415

    return PlanPage


def _confirming() -> type[Page]:
    from ui.confirming.page import ConfirmingPage  # noqa: PLC0415

    return ConfirmingPage


def _admit() -> type[Page]:
    from ui.admission.page import AdmitPage  # noqa: PLC0415

    return AdmitPage


def _new_year() -> type[Page]:
    from ui.rollover.page import RolloverPage  # noqa: PLC0415

    return RolloverPage


def _staff() -> type[Page]:
    from ui.staff.page import StaffPage  # noqa: PLC0415

    return StaffPage


def _account() -> type[Page]:
    from ui.account.page import AccountPage  # noqa: PLC0415

    return AccountPage


def _paper() -> type[Page]:
    from ui.paper.page import PaperPage  # noqa: PLC0415

    return PaperPage


def _keying() -> type[Page]:
    from ui.keying.page import KeyingPage  # noqa: PLC0415

    return KeyingPage


def _settings() -> type[Page]:
    from ui.settings.page import SettingsPage  # noqa: PLC0415

    return SettingsPage


def _year() -> type[Page]:
    from ui.year.page import YearPage  # noqa: PLC0415

    return YearPage


def _explain() -> type[Page]:
    from ui.explain.page import ExplainPage  # noqa: PLC0415

    return ExplainPage


def _groups() -> type[Page]:
    from ui.groups.page import GroupsPage  # noqa: PLC0415

    return GroupsPage


def _comparison() -> type[Page]:
    from ui.comparison.page import ComparisonPage  # noqa: PLC0415

    return ComparisonPage


def _targets() -> type[Page]:
    from ui.targets.page import TargetsPage  # noqa: PLC0415

    return TargetsPage


def _early_calls() -> type[Page]:
    from ui.calling.page import EarlyCallsPage  # noqa: PLC0415

    return EarlyCallsPage


def _texts() -> type[Page]:
    from ui.calling.texts_page import TextsPage  # noqa: PLC0415

    return TextsPage


def _school_log() -> type[Page]:
    from ui.school_log.page import SchoolLogPage  # noqa: PLC0415

    return SchoolLogPage


def _reports() -> type[Page]:
    from ui.reports.page import ReportsPage  # noqa: PLC0415

    return ReportsPage


def _leave() -> type[Page]:
    from ui.leave.page import LeavePlace  # noqa: PLC0415

    return LeavePlace


def _formal() -> type[Page]:
    from ui.formal.page import FormalPlace  # noqa: PLC0415

    return FormalPlace


def _pack() -> type[Page]:
    from ui.packs.page import PacksPage  # noqa: PLC0415

    return PacksPage


def _letters() -> type[Page]:
    from ui.letters.page import LettersPage  # noqa: PLC0415

    return LettersPage


def _templates() -> type[Page]:
    from ui.templates.page import TemplatesPage  # noqa: PLC0415

    return TemplatesPage


def _returns() -> type[Page]:
    from ui.returns.page import ReturnsPage  # noqa: PLC0415

    return ReturnsPage


def _check() -> type[Page]:
    from ui.checking.page import CheckPage  # noqa: PLC0415

    return CheckPage


PLACES = (
    Place("today", "Today", "clock", _today, needs=Right.READ_PUPIL),
    Place("registers", "Registers", "grid", _registers, needs=Right.READ_REGISTER),
    Place("pupils", "Pupils", "people", _pupils, needs=Right.READ_PUPIL),
    Place("cases", "Cases", "briefcase", _cases, needs=Right.READ_CASE),
    Place("reports", "Reports", "chart", _reports, needs=Right.READ_REPORTS),
    Place("watch", "Watch list", "warning", _watch, in_rail=False, needs=Right.READ_PUPIL),
    Place("plan", "Plan an absence", "calendar", _plan, in_rail=False, needs=Right.PLAN),
    Place("leave", "Leave of absence", "calendar", _leave, in_rail=False, needs=Right.READ_LOG),
    Place("formal", "Formal steps", "letter", _formal, in_rail=False, needs=Right.READ_CASE),
    Place("returns", "Returns", "letter", _returns, in_rail=False, needs=Right.READ_LOG),
    Place("confirming", "Who arrived elsewhere", "check", _confirming, in_rail=False, needs=Right.READ_REGISTER),
    Place("week", "Close the week", "calendar", _week, in_rail=False, needs=Right.READ_REGISTER),
    Place("changes", "Changes", "letter", _changes, in_rail=False, needs=Right.READ_HISTORY),
    Place("comparison", "Comparison", "grid", _comparison, in_rail=False, needs=Right.READ_FIGURES),
    Place("targets", "Targets", "chart", _targets, in_rail=False, needs=Right.READ_FIGURES),
    Place("early-calls", "Early calls", "phone", _early_calls, in_rail=False, needs=Right.READ_LOG),
    Place("texts", "Texts to mobiles", "letter", _texts, in_rail=False, needs=Right.READ_LOG),
    Place("school-log", "The school’s own log", "letter", _school_log, in_rail=False, needs=Right.READ_FIGURES),
    Place("roll-call", "Roll-call", "people", _roll_call, in_rail=False),
    Place("paper", "Paper", "print", _paper, in_rail=False, needs=Right.PRINT_REGISTER),
    Place("keying", "Key from paper", "grid", _keying, in_rail=False, needs=Right.TAKE_REGISTER),
    Place("hatch", "Hatch", "clock", _hatch, in_rail=False, needs=Right.HATCH),
    Place("admit", "Admit a pupil", "plus", _admit, in_rail=False, needs=Right.ADMIT),
    Place("new-year", "Roll over", "people", _new_year, in_rail=False, needs=Right.ADMIT),
    Place("year", "The school year", "calendar", _year, in_rail=False, needs=Right.READ_REGISTER),
    Place("settings", "The school’s settings", "briefcase", _settings, in_rail=False, needs=Right.SETTINGS),
    Place("staff", "People and roles", "people", _staff, in_rail=False, needs=Right.STAFF),
    Place("account", "My account", "people", _account, in_rail=False),
    Place("explain", "Figures explained", "briefcase", _explain, in_rail=False, needs=Right.READ_FIGURES),
    Place("groups", "Groups", "people", _groups, in_rail=False, needs=Right.READ_PUPIL),
    Place("letters", "Letters", "letter", _letters, in_rail=False, needs=Right.LOG),
    Place("letter-templates", "Templates of letters", "letter", _templates, in_rail=False, needs=Right.LOG),
    Place("pack", "Authority pack", "briefcase", _pack, in_rail=False, needs=Right.READ_FIGURES),
    Place("check", "Check a document", "check", _check, in_rail=False, needs=Right.READ_CASE),
    Place("import", "Import", "save", _import, in_rail=False, needs=Right.IMPORT),
)

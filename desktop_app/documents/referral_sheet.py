"""The sheet an authority works from: the child, the school, the figures behind the referral, and what is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop_app.documents.flow import Flow
from desktop_app.documents.table import Column, Row, Table
from desktop_app.documents.words import dfe_words, full_name, lower_first, short_day, span_words
from desktop_app.documents.years import YEAR_COLUMNS, year_row
from desktop_app.domain.bundle import Stamp
from desktop_app.domain.figures import Figures
from desktop_app.domain.people import Flag, FlagKind
from desktop_app.rules.bands import band_of
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.display import TOO_EARLY, long_date, percent
from desktop_app.rules.earlier_years import earlier_years
from desktop_app.rules.figures import least_sessions, persistent, severe
from desktop_app.rules.parts.sheet import Sheet, sheet
from desktop_app.rules.readiness.window import Window, unauthorised_window, window_weeks
from desktop_app.rules.session_lists import count_words

FLAG_TITLES: Mapping[FlagKind, str] = {
    FlagKind.SEN_SUPPORT: "SEN support",
    FlagKind.EHCP: "Education, health and care plan",
    FlagKind.LOOKED_AFTER: "Looked after",
    FlagKind.PREVIOUSLY_LOOKED_AFTER: "Previously looked after",
    FlagKind.CHILD_IN_NEED: "Child in need",
    FlagKind.CHILD_PROTECTION: "Child protection plan",
    FlagKind.EARLY_HELP: "Early Help",
    FlagKind.SOCIAL_WORKER: "Social worker",
    FlagKind.YOUNG_CARER: "Young carer",
    FlagKind.EAL: "English as an additional language",
    FlagKind.MEDICAL: "Medical condition",
    FlagKind.ETHNICITY: "Ethnicity",
}
"""What an authority's referral forms ask about. Meals, pupil premium and service families are not among it."""

CODE_COLUMNS = (
    Column("Code", 8),
    Column("Meaning", 52),
    Column("Counts as", 28),
    Column("Sessions", 12, right=True),
)
EARLIER_COLUMNS = (Column("What", 30), Column("To", 26), Column("On", 16), Column("How it stands", 28))


def draw_referral_sheet(flow: Flow, file: CaseFile, stamp: Stamp, title: str) -> None:
    """The referral sheet."""
    flow.title(title, f"{file.pupil.legal_name} · to {file.referral.addressed_to}")
    more = sheet(file)
    if more is not None:
        flow.facts([("Reason", more.reason)], strong_first=True)
    flow.facts(_child(file), strong_first=True)
    flow.heading("School")
    flow.facts(_school(file, stamp))
    figures = file.figures(file.request.first, file.request.last)
    _attendance(flow, file, figures)
    _window(flow, unauthorised_window(file, window_weeks(file)))
    _known(flow, file)
    if more is not None:
        _more(flow, more)
    if figures.codes:
        Table(flow, CODE_COLUMNS).draw(_codes(file, figures), "Sessions by code", whole=True)
    apart = file.referral.has("earlier-years")
    years = () if apart else earlier_years(file)
    if years:
        Table(flow, YEAR_COLUMNS).draw(map(year_row, years), "Earlier school years at this school", whole=True)


def _child(file: CaseFile) -> Iterator[tuple[str, str]]:
    pupil, member = file.pupil, file.member
    yield "Legal name", full_name(pupil)
    if pupil.name != pupil.legal_name:
        yield "Known as", pupil.name
    yield "Date of birth", long_date(pupil.date_of_birth)
    yield "Sex", SEXES.get(pupil.sex.casefold(), pupil.sex) or "not recorded"
    yield "UPN", pupil.upn or "none"
    if pupil.admission_number:
        yield "Admission number", pupil.admission_number
    if member:
        yield "Year and class", f"{year_words(member.year)}, class {member.class_name}"
    yield "Address", pupil.address.one_line or "not recorded"
    if pupil.home_la:
        yield "Lives in", pupil.home_la
    yield "On roll since", long_date(pupil.starting_day)
    if pupil.leaving_day:
        yield "Left on", long_date(pupil.leaving_day)
    if pupil.last_school:
        yield "Last school", pupil.last_school


SEXES = {"f": "Female", "m": "Male", "female": "Female", "male": "Male"}


def year_words(year: str) -> str:
    """A year group as people say it."""
    if year.startswith("N"):
        return "Nursery"
    return "Reception" if year == "R" else f"Year {year}"


def _school(file: CaseFile, stamp: Stamp) -> Iterator[tuple[str, str]]:
    school = file.school
    number = dfe_words(school.dfe_number)
    yield "School", f"{school.name}, {number}" if number else school.name
    if school.address:
        yield "Address", school.address
    reach = " · ".join(text for text in (school.phone, school.email) if text)
    if reach:
        yield "Telephone and e-mail", reach
    if school.headteacher:
        yield "Headteacher", school.headteacher
    author = stamp.prepared_by
    yield "Referred by", f"{author.name}, {author.position}" if author.position else author.name
    yield "Date of referral", long_date(file.request.on)


def _attendance(flow: Flow, file: CaseFile, figures: Figures) -> None:
    request = file.request
    flow.heading(f"Attendance, {span_words(request.first, min(request.last, request.on))}", 90.0)
    flow.figures(
        [
            ("Sessions possible", str(figures.possible)),
            ("Attended", str(figures.attended)),
            ("Authorised absence", str(figures.authorised)),
            ("Unauthorised absence", str(figures.unauthorised)),
            ("Attendance", percent(figures.attendance)),
        ]
    )
    flow.facts(_standing(file, figures))


def _standing(file: CaseFile, figures: Figures) -> Iterator[tuple[str, str]]:
    band = band_of(figures, file.pack.bands)
    if band is not None:
        yield f"Band ({file.pack.title})", f"{band.title} – {band.meaning}" if band.meaning else band.title
    least = least_sessions(file.pack, file.rulebook)
    if figures.possible < least and persistent(figures, file.rulebook):
        yield "Absence", f"{TOO_EARLY}: fewer than {least} sessions were possible in these days"
    elif severe(figures, file.rulebook):
        yield "Absence", "severe: half or more of the sessions possible were missed"
    elif persistent(figures, file.rulebook):
        yield "Absence", "persistent: a tenth or more of the sessions possible were missed"
    yield "Late", count_words(figures.late, "session (L and U)", "sessions (L and U)")
    if figures.unmarked:
        yield "No mark", count_words(figures.unmarked, "session", "sessions")


def _codes(file: CaseFile, figures: Figures) -> Iterator[Row]:
    for key, code in file.rulebook.codes.items():
        if figures.codes.get(key):
            yield Row((key, lower_first(code.title), code.counts.words, str(figures.codes[key])))


def _window(flow: Flow, window: Window) -> None:
    flow.heading(f"Unauthorised absence in {window.weeks} school weeks")
    by_code = ", ".join(f"{number} {key}" for key, number in sorted(window.codes.items()))
    said = count_words(window.total, "session", "sessions")
    weeks = " – ".join(filter(None, (span_words(window.first, window.last) if window.found else "", window.shortfall)))
    flow.facts(
        [
            ("Window", weeks),
            ("Unauthorised", f"{said} ({by_code})" if by_code else said),
        ]
    )
    if window.provisional:
        are = "is" if window.provisional == 1 else "are"
        flow.facts([("Provisional", f"{window.provisional} of these {are} N, a reason still to be established")])


def _known(flow: Flow, file: CaseFile) -> None:
    """What else an authority must know of the child, as it stands on the day; nothing where nothing is recorded."""
    held = [flag for flag in file.flags if flag.holds(file.request.on) and flag.kind in FLAG_TITLES]
    held.sort(key=lambda flag: list(FLAG_TITLES).index(flag.kind))
    flow.heading("Circumstances")
    if not held:
        flow.paragraph(
            "None of these is recorded: special educational needs, social care, Early Help, medical condition."
        )
        return
    flow.facts((FLAG_TITLES[flag.kind], _flag(flag)) for flag in held)


def _more(flow: Flow, more: Sheet) -> None:
    """What the authority alone is told."""
    flow.facts(more.lines)
    if more.considered:
        flow.heading("Considered by the school")
        flow.facts(more.considered)
    heading = "Earlier notices, orders and prosecutions"
    if not more.earlier:
        flow.heading(heading, 30.0)
        flow.paragraph(f"None is recorded here. {more.count_says}")
        return
    rows = (Row((one.what, one.whom, short_day(one.day), one.stands)) for one in more.earlier)
    Table(flow, EARLIER_COLUMNS).draw(rows, heading)
    flow.space(5.0)
    flow.paragraph(more.count_says, 9.0)


def _flag(flag: Flag) -> str:
    since = f"since {long_date(flag.first)}"
    return f"{flag.value}, {since}" if flag.value else since

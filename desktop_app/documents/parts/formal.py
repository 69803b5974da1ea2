"""A Notice to Improve held against its contents, the policy, and the sheet of defences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop_app.documents.flow import Flow
from desktop_app.documents.table import DENSE, Column, Row, Span, Table
from desktop_app.documents.words import lower_first, short_day, span_words, upper_first
from desktop_app.domain.referrals import Defence
from desktop_app.domain.school_log import SchoolLine
from desktop_app.domain.triggers import Seen
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.display import date_year, long_date
from desktop_app.rules.parts.defences import Weighed
from desktop_app.rules.parts.notice_check import Content, NoticeCheck
from desktop_app.rules.parts.policy import Policies
from desktop_app.rules.session_lists import count_words

CONTENT_COLUMNS = (Column("", 4), Column("What the guidance asks for", 36), Column("In the notice", 60))
SEEN_COLUMNS = (Column("Day", 30), Column("Session", 15), Column("Code", 10), Column("Meaning", 45))
DEFENCE_COLUMNS = (Column("Defence", 48), Column("What the record shows", 27), Column("Considered", 25))
NOT_THERE = "Not there"
NOT_CONSIDERED = "Nothing is recorded"


def draw_notice_checks(flow: Flow, checks: Sequence[NoticeCheck], file: CaseFile, title: str) -> None:
    """Each notice, on pages of its own."""
    for number, check in enumerate(checks):
        if number:
            flow.new_page()
        flow.title(title, f"{file.pupil.legal_name} · notice to {check.parent}")
        flow.facts(_notice(check, file))
        lacking = check.lacking
        have = "Each of them is in the notice." if not lacking else f"{lacking} of them {_are(lacking)} not there."
        Table(flow, CONTENT_COLUMNS, DENSE).draw(map(_content, check.contents), f"Its contents. {have}")
        _sessions(flow, check, file)


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _notice(check: NoticeCheck, file: CaseFile) -> Iterator[tuple[str, str]]:
    yield "Issued", f"{long_date(check.entry.happened_at.date())}, by {check.entry.author.name}"
    outlook = file.rulebook.outlook
    least, most = outlook.improvement_from.value, outlook.improvement_to.value
    weeks = count_words(check.weeks, "school week", "school weeks")
    within = "within" if check.right_length else "outside"
    yield "Period", f"{span_words(check.first, check.last)} ({weeks}; {within} the {least} to {most} of the guidance)"
    yield "Enough", check.sufficient or NOT_THERE
    figures = check.figures
    yield "Sessions attended", f"{figures.attended} of {figures.possible} possible"
    yield "Authorised", f"{count_words(figures.authorised, 'session', 'sessions')}, not held against it"
    yield "What came of it", check.result


def _content(one: Content) -> Row:
    said = one.said or (Span(NOT_THERE, bold=True),)
    return Row((str(one.number), upper_first(one.what), said))


def _sessions(flow: Flow, check: NoticeCheck, file: CaseFile) -> None:
    heading = "Missed without leave in its period"
    if not check.unauthorised:
        flow.heading(heading, 20.0)
        flow.paragraph("None.")
        return
    Table(flow, SEEN_COLUMNS, DENSE).draw((_seen(one, file) for one in check.unauthorised), heading)


def _seen(one: Seen, file: CaseFile) -> Row:
    return Row((date_year(one.day), one.half.value, one.code, lower_first(file.rulebook.codes[one.code].title)))


def draw_policies(flow: Flow, known: Policies | None, title: str, school: str) -> None:
    """The policy in force, and the one at the beginning of the period where that was another."""
    flow.title(title, school)
    if known is None:
        flow.paragraph("No version of the attendance policy is in the school’s own log up to this day.")
        return
    flow.facts(_policy(known.now))
    if known.then is not None:
        flow.heading("In force when the period began")
        flow.facts(_policy(known.then))


def _policy(line: SchoolLine) -> Iterator[tuple[str, str]]:
    yield "Version", line.version or "not recorded"
    yield "Approved", long_date(line.approved) if line.approved else "not recorded"
    yield "To be reviewed by", long_date(line.review) if line.review else "not recorded"
    yield "What is recorded of it", line.what
    if line.who:
        yield "By whom", line.who
    author = f" by {line.author.name}" if line.author else ""
    yield "Recorded", f"in the school’s log on {short_day(line.day)}{author}"


def draw_defences(flow: Flow, lines: Sequence[Weighed], title: str, under: str) -> None:
    """Each statutory defence. The sheet decides nothing."""
    flow.title(title, under)
    flow.paragraph(
        "What the school’s record shows of each statutory defence, and what was considered. It decides nothing: "
        "whether a defence holds is for the authority and the court.",
        9.0,
    )
    flow.space(6.0)
    if lines:
        Table(flow, DEFENCE_COLUMNS, DENSE).draw(_defence(one) for one in lines)


def _defence(one: Weighed) -> Row:
    return Row((_named(one.defence), _spans(one.shows, "Nothing"), _spans(one.considered, NOT_CONSIDERED)))


def _named(defence: Defence) -> tuple[Span, ...]:
    return (Span(defence.title, bold=True), Span(defence.says), Span(defence.source, quiet=True))


def _spans(texts: Sequence[str], none: str) -> tuple[Span, ...]:
    return tuple(Span(text) for text in texts) or (Span(none, quiet=True),)

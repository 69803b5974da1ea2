"""The headteacher's certificate of attendance: particulars, and a place to sign.

Source: Education Act 1996 section 566(1)(c). Until the head has signed it is a draft, and says so.
"""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.documents.flow import BODY, Flow
from desktop_app.documents.page import BLACK, BOTTOM, LEFT, RIGHT, SECOND, STRONG
from desktop_app.documents.table import Column, Row, Table
from desktop_app.documents.type import clean
from desktop_app.documents.words import full_name, lower_first, span_words
from desktop_app.domain.codes import Code
from desktop_app.domain.evidence import Absence, Certificate
from desktop_app.domain.people import Pupil
from desktop_app.domain.school import School
from desktop_app.rules.display import date_year, long_date
from desktop_app.rules.session_lists import count_words

COLUMNS = (
    Column("Date", 27),
    Column("Session", 12),
    Column("Code", 8),
    Column("Meaning of the code", 45),
    Column("Sessions", 8, right=True),
)
SIGNATURE = 118.0
TOTAL = 21.0


def draw_certificate(
    flow: Flow, certificate: Certificate, pupil: Pupil, school: School, codes: Mapping[str, Code]
) -> None:
    """The certificate of one pupil over one period."""
    top = flow.y
    flow.title("Certificate of attendance", "Education Act 1996, section 566(1)(c)")
    draft_mark(flow, top)
    flow.paragraph(
        f"I, the headteacher of {school.name}, certify that the following are particulars, taken from the school’s "
        "attendance register, of the attendance of"
    )
    flow.fact(
        "Pupil",
        [(clean(full_name(pupil)), flow.type.bold), (f", born {long_date(pupil.date_of_birth)}", flow.type.regular)],
    )
    flow.fact("Registered at this school since", [(long_date(pupil.starting_day), flow.type.regular)])
    flow.fact("Period", [(span_words(certificate.first, certificate.last), flow.type.regular)])
    flow.space(9.0)
    flow.figures(
        [
            ("Sessions possible", str(certificate.possible)),
            ("Attended", str(certificate.attended)),
            ("Authorised absence", str(certificate.authorised)),
            ("Unauthorised absence", str(certificate.unauthorised)),
        ]
    )
    if certificate.left_out:
        flow.space(8.0)
        flow.paragraph(certificate.left_out, 9.0)
    _absences(flow, certificate, codes)
    signature(flow, school.headteacher)


def draft_mark(flow: Flow, top: float) -> None:
    """A ruled mark beside the title, until there is a signed one."""
    text, size = "Draft, not signed", 9.0
    width = flow.type.bold.width(text, size) + 16
    bottom, left = top + 20, RIGHT - width
    for y in (top, bottom):
        flow.page.across(y, left, RIGHT, 0.9, STRONG)
    for x in (left, RIGHT):
        flow.page.down(x, top, bottom, 0.9, STRONG)
    flow.page.text(left + 8, top + 13.4, text, flow.type.bold, size)


def _absences(flow: Flow, certificate: Certificate, codes: Mapping[str, Code]) -> None:
    heading = "Each unauthorised absence relied on" if certificate.chosen else "Each unauthorised absence"
    if not certificate.absences:
        flow.heading(heading, 20.0 + SIGNATURE)
        flow.paragraph("None.")
        return
    rows = (_row(absence, codes) for absence in certificate.absences)
    # Nobody signs a page that says nothing: the last lines stand on it too.
    Table(flow, COLUMNS).draw(rows, heading, after=TOTAL + SIGNATURE)
    flow.space(5.0)
    total = f"{count_words(certificate.unauthorised, 'unauthorised session', 'unauthorised sessions')} in all"
    if certificate.chosen:
        total = f"{count_words(certificate.relied, 'session', 'sessions')} relied on, of {total}"
    flow.page.text_right(RIGHT, flow.y + 11.0, total, flow.type.regular, BODY)
    flow.y += 16.0


def _row(absence: Absence, codes: Mapping[str, Code]) -> Row:
    """One line; where it stands for both halves of a day, session and code are each said twice."""
    return Row(
        (
            date_year(absence.day),
            " ".join(half.value for half in absence.halves),
            " ".join(absence.code for _ in absence.halves),
            lower_first(codes[absence.code].title),
            str(len(absence.halves)),
        )
    )


def signature(flow: Flow, headteacher: str) -> None:
    """Lines for the head's name, signature and date, never parted from each other."""
    flow.need(SIGNATURE)
    y = min(flow.y + 52.0, BOTTOM - 60.0)
    split = LEFT + (RIGHT - LEFT) * 0.62
    flow.page.across(y, LEFT, split, 0.75, STRONG)
    flow.page.across(y, split + 22, RIGHT, 0.75, STRONG)
    flow.page.text(LEFT, y + 14.5, "Signature of the headteacher", flow.type.regular, BODY, SECOND)
    flow.page.text(split + 22, y + 14.5, "Date", flow.type.regular, BODY, SECOND)
    if headteacher:
        flow.page.text(LEFT, y + 48.0, f"Name: {clean(headteacher)}, Headteacher", flow.type.regular, BODY, BLACK)
    else:
        flow.page.text(LEFT, y + 48.0, "Name:", flow.type.regular, BODY, SECOND)
        flow.page.across(y + 50.0, LEFT + 36, split, 0.75, STRONG)
    flow.y = y + 60.0

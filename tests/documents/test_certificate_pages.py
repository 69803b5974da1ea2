"""The pages of the certificate: nobody is asked to sign one without particulars on it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop_app.documents.certificate import draw_certificate
from desktop_app.documents.flow import Flow
from desktop_app.documents.page import BOTTOM
from desktop_app.documents.type import Type, load_type
from desktop_app.domain.evidence import Absence, Certificate
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.sessions import HALVES
from tests.support.long_case import long_case

FIRST, LAST = date(2026, 9, 1), date(2026, 11, 20)
WHOLE_DAY, LEAST_ROWS = "AM PM", 3


@pytest.fixture(scope="module")
def type_() -> Type:
    return load_type()


@pytest.mark.parametrize("lines", range(60))
def test_the_signature_stands_with_the_last_absences(rulebook: Rulebook, type_: Type, lines: int) -> None:
    days = [FIRST + timedelta(days=number) for number in range(lines)]
    absences = tuple(Absence(day, tuple(HALVES), "O") for day in days)
    stated = Certificate(FIRST, LAST, 200, 200 - 2 * lines, 0, 2 * lines, absences, "")
    file, _, _ = long_case(rulebook, 1)
    flow = Flow(type_)
    draw_certificate(flow, stated, file.pupil, file.school, rulebook.codes)
    said = [[text.text for text in page.texts] for page in flow.pages]
    signed = [page for page in said if "Signature of the headteacher" in page]
    assert signed == said[-1:]
    assert signed[0].count(WHOLE_DAY) >= min(lines, LEAST_ROWS)
    assert sum(page.count(WHOLE_DAY) for page in said) == lines
    assert all(text.y < BOTTOM + 1 for page in flow.pages for text in page.texts)
    assert any(text.startswith("Name: ") for text in signed[0])

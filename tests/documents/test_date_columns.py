"""A date is read at a glance only on one line: its column has room for the widest day of any year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from desktop_app.documents import certificate, chronology, register_print
from desktop_app.documents.flow import Flow
from desktop_app.documents.table import DENSE, ROOMY, Column, Row, Setting, Table
from desktop_app.documents.type import load_type
from desktop_app.rules.display import date_year

DAYS = [date(2024, 1, 1) + timedelta(days=number) for number in range(28 * 365)]


@pytest.mark.parametrize(
    ("columns", "setting", "after"),
    [
        (chronology.CHRONOLOGY_COLUMNS, DENSE, ""),
        (chronology.CONTACT_COLUMNS, DENSE, ""),
        (register_print.CORRECTION_COLUMNS, DENSE, " PM"),
        (certificate.COLUMNS, ROOMY, ""),
    ],
)
def test_a_date_stays_on_one_line(columns: Sequence[Column], setting: Setting, after: str) -> None:
    type_ = load_type()
    widest = max((date_year(day) + after for day in DAYS), key=lambda said: type_.regular.width(said, setting.size))
    flow = Flow(type_)
    Table(flow, columns, setting).draw([Row((widest, *("" for _ in columns[1:])))])
    assert widest in [text.text for text in flow.page.texts]

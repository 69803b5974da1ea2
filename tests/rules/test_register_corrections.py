"""The corrections of a register print: what an amendment changed, also where the code stayed the same."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from desktop_app.domain.marks import MarkChange, Source
from desktop_app.domain.sessions import Half
from desktop_app.domain.staff import Author
from desktop_app.rules.register_print import corrections

DAY = date(2026, 11, 19)


def change(seq: int, code: str, minutes: int | None = None, note: str = "") -> MarkChange:
    return MarkChange(
        *(seq, 1, DAY, Half.AM, code, minutes, note, "the gate's list", Source.TYPED, seq > 1),
        author=Author(1, "Ms Head", "Headteacher"),
        recorded_at=datetime(2026, 11, 20, 9, seq, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("before", "after", "was", "now", "details"),
    [
        (("N",), ("L", 12), "N", "L", ""),
        (("L", 12), ("L", 15), "L", "L", "minutes late: 12, now 15"),
        (("L", None, "the bus"), ("L", 5, "the bus"), "L", "L", "minutes late: not said, now 5"),
        (("B", None, "museum"), ("B", None, "college"), "B", "B", "note: “museum”, now “college”"),
        (("L", 5), ("L", 6, "fog"), "L", "L", "minutes late: 5, now 6; note: none, now “fog”"),
    ],
)
def test_a_correction_says_what_it_changed(
    before: tuple[object, ...], after: tuple[object, ...], was: str, now: str, details: str
) -> None:
    (one,) = corrections([change(1, *before), change(2, *after)], DAY, DAY)  # type: ignore[arg-type]
    assert (one.was, one.now, one.details) == (was, now, details)

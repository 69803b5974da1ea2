"""What else is to be seen to today, as lines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.actions.today import today
from tests.support.schools import SmallSchool
from ui.today.due_card import to_do


@pytest.mark.parametrize(("known", "place"), [(True, "confirming"), (False, "")])
def test_what_is_to_be_confirmed_leads_to_its_place_once_the_window_has_it(
    school: SmallSchool, known: bool, place: str
) -> None:
    (line,) = to_do(replace(today(school.context), to_confirm=2), known)
    assert (line.what, line.more, line.place) == ("2 sessions elsewhere to confirm", "Ask who arrived", place)


def test_one_session_is_said_as_one_and_a_quiet_morning_has_no_line(school: SmallSchool) -> None:
    (line,) = to_do(replace(today(school.context), to_confirm=1), True)
    assert line.what == "1 session elsewhere to confirm"
    assert to_do(today(school.context), True) == ()

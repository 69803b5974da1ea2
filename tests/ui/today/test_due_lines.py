"""What else is to be seen to today, as lines."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.actions.today import today
from tests.support.schools import SmallSchool
from ui.today.due_card import to_do


def test_what_is_to_be_confirmed_leads_to_its_place(school: SmallSchool) -> None:
    (line,) = to_do(replace(today(school.context), to_confirm=2))
    assert (line.what, line.more) == ("2 sessions elsewhere to confirm", "Ask who arrived")
    assert line.place == "confirming"


def test_one_session_is_said_as_one_and_a_quiet_morning_has_no_line(school: SmallSchool) -> None:
    (line,) = to_do(replace(today(school.context), to_confirm=1))
    assert line.what == "1 session elsewhere to confirm"
    assert to_do(today(school.context)) == ()

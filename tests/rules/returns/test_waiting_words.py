"""What waits of a return is said in words: of which month, of how many, by when or since when."""

from __future__ import annotations

from datetime import date

from desktop_app.domain.returns import ReturnDue, ReturnKind
from desktop_app.rules.returns.waiting import waiting_words

SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 30)


def monthly(month: date, *names: str, overdue: bool = False) -> ReturnDue:
    return ReturnDue(ReturnKind.ATTENDANCE, "Attendance return", month, month, overdue, names)


def test_a_monthly_return_names_each_month_with_the_day_it_was_or_is_due() -> None:
    due = [monthly(SEPTEMBER, "A", overdue=True), monthly(OCTOBER, "A", "B", overdue=True), monthly(NOVEMBER, "A")]
    assert waiting_words(due, monthly=True) == (
        "September 2026: 1 child, overdue since Thu 1 Oct.",
        "October 2026: 2 children, overdue since Sun 1 Nov.",
        "November 2026: 1 child, by Mon 30 Nov.",
    )


def test_any_other_return_says_since_when_the_first_is_owed() -> None:
    day = date(2026, 9, 10)
    of = (ReturnKind.SUSPENSION, "Suspensions", NOVEMBER)
    assert waiting_words([ReturnDue(*of, day, True, ("A", "B"))], monthly=False) == (
        "2 children to report, the first overdue since Fri 11 Sep.",
    )
    assert waiting_words([ReturnDue(*of, day, False, ("A",))], monthly=False) == ("1 child to report, by Thu 10 Sep.",)
    assert waiting_words([ReturnDue(*of, None, False, ("A",))], monthly=False) == ("1 child to report.",)


def test_what_was_made_and_did_not_go_says_of_which_month_and_to_whom() -> None:
    unsent = ReturnDue(
        ReturnKind.ATTENDANCE, "Attendance return", OCTOBER, OCTOBER, True, made=7, authority="Knowsley Council"
    )
    assert waiting_words([unsent], monthly=True) == (
        "October 2026 to Knowsley Council made, not sent, overdue since Sun 1 Nov.",
    )
    assert waiting_words([], monthly=True) == ()

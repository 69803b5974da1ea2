"""A report of a past moment, made again after the school changed its pack: under the pack that was in force then."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from desktop_app.actions.crossings import crossings
from desktop_app.actions.figures import Grouping, figures
from desktop_app.actions.forecast import forecast
from desktop_app.actions.packs import adopt_pack, drop_packs, pack_text
from desktop_app.actions.reports.making import make_report
from desktop_app.actions.reports.spec import Asked
from desktop_app.actions.watching import due
from desktop_app.context import Context, as_aware, renewed
from tests.support.clock import StillClock
from tests.support.report_school import FRIDAY, THIS_WEEK, mark_two_weeks
from tests.support.schools import SmallSchool

MOMENT = as_aware(datetime(2026, 11, 20, 17, 0))
KEYS = ("persistent", "severe", "weekly", "year-end", "three-weekly", "letters", "senco", "targeted-support")


def change(context: Context, version: str, title: str, sessions: int) -> Context:
    """The school adopts its pack with other words, another line for a band, and another time before PA is told."""
    text = pack_text(context)
    with context.store.reading() as reading:
        old = context.pack(reading.book.school())
    text = text.replace(f'version = "{old.version}"', f'version = "{version}"', 1)
    text = text.replace(f'title = "{old.bands[1].title}"', f'title = "{title}"', 1)
    head, bands = text.split("[[band]]", 1)
    head = head.split("[too_early]")[0] + f'[too_early]\nvalue = {sessions}\nsource = "choice"\n\n'
    adopt_pack(context, f"{head}[[band]]{bands}", "tried")
    return renewed(context)


def everything(context: Context, pupil: int) -> dict[str, object]:
    """What is told of that moment, by the function that tells it."""
    asked = Asked(FRIDAY, as_at=MOMENT)
    found: dict[str, object] = {key: make_report(context, key, asked) for key in KEYS}
    found["pupil-summary"] = make_report(context, "pupil-summary", replace(asked, pupil=pupil))
    found["figures"] = figures(context, THIS_WEEK, FRIDAY, Grouping.PUPIL, MOMENT)
    found["school"] = figures(context, THIS_WEEK, FRIDAY, Grouping.SCHOOL, MOMENT)
    found["due"] = due(context, FRIDAY, MOMENT)
    found["forecast"] = forecast(context, pupil, FRIDAY, as_at=MOMENT)
    found["crossings"] = crossings(context, THIS_WEEK, FRIDAY, MOMENT)
    return found


@pytest.mark.parametrize("then", ["shipped", "own"])
def test_what_was_told_of_a_moment_is_told_again_under_the_pack_of_then(
    then: str, school: SmallSchool, clock: StillClock
) -> None:
    mark_two_weeks(school, clock)
    context, pupil = school.context, school.pupils["Abara"]
    if then == "own":
        context = change(context, "own-1", "Our own line", 8)
    clock.set(2026, 11, 20, 17, 30)
    before = everything(context, pupil)
    clock.set(2026, 12, 1, 9, 0)
    context = change(context, "own-2", "Look closer", 60)
    after = everything(context, pupil)
    for name, told in before.items():
        assert after[name] == told, name
    now = Asked(FRIDAY)
    lists = [make_report(context, "persistent", one) for one in (now, replace(now, as_at=MOMENT))]
    assert lists[0].blocks != lists[1].blocks, "sixty sessions are to be possible now"
    assert "Look closer" in repr(make_report(context, "year-end", now)), "of today it is the pack of today"
    drop_packs(context, "back to the county’s")
    assert everything(renewed(context), pupil) == before

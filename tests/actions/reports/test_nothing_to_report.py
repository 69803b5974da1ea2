"""Before there is anything to tell, a report is refused in words."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from desktop_app.actions.reports.making import make_report
from desktop_app.actions.reports.spec import Asked
from desktop_app.context import as_aware
from desktop_app.domain.errors import Refused
from tests.support.clock import StillClock
from tests.support.schools import SmallSchool


def test_before_the_first_school_week_there_is_nothing_to_tell(school: SmallSchool, clock: StillClock) -> None:
    day = date(2026, 8, 20)
    clock.set(2026, 8, 20, 9, 0)
    for key in ("league", "three-weekly"):
        with pytest.raises(Refused, match="no school week by 20 August 2026"):
            make_report(school.context, key, Asked(day))
    with pytest.raises(Refused, match="No half term of the school year had begun"):
        make_report(school.context, "letters", Asked(day))
    with pytest.raises(Refused, match="Nothing of the school"):
        make_report(school.context, "governors", Asked(day, as_at=as_aware(datetime(2020, 1, 1)) - timedelta(days=1)))

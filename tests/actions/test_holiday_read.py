"""An entry that only mentions a holiday: once it was read, the watch list asks no more, until that is withdrawn."""

from __future__ import annotations

from datetime import datetime

from desktop_app.actions.court import consider
from desktop_app.actions.log import withdraw
from desktop_app.actions.watching import due_of
from desktop_app.domain.entries import EntryKind, NewEntry
from tests.support.referrals import ON, tell_story
from tests.support.schools import SmallSchool


def test_the_watch_list_asks_no_more_once_it_was_read(school: SmallSchool) -> None:
    story, context = tell_story(school), school.context
    at = datetime(2026, 11, 16, 9, 30)
    call = NewEntry(EntryKind.PHONE_CALL, at, (story.pupil,), "spoke", (story.mother,), "his aunt is on holiday")
    with context.store.writing(context.deed("log")) as writing:
        number = writing.entries.add(call)

    def holidays() -> list[str]:
        return [one.says for one in due_of(context, story.pupil, ON) if "aunt" in one.says]

    assert holidays()
    read, _ = consider(context, story.pupil, f"holiday-{number}", False, "his aunt’s holiday, not his", ON)
    assert not holidays()
    withdraw(context, read, "it was his as well")
    assert holidays()

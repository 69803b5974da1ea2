"""Making a demo school: a store with some years of a school that does not exist, to look at and to try things on."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from desktop_app import paths
from desktop_app.actions.demo_deeds import Recorder, opening, plan
from desktop_app.actions.demo_words import read_words
from desktop_app.context import as_aware
from desktop_app.domain.clock import school_time
from desktop_app.domain.demo import DEMO_PASSWORD, DEMO_USER
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Pupil
from desktop_app.domain.progress import Progress
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.school import Phase, RegisterTimes, School, SchoolType
from desktop_app.domain.staff import Staff
from desktop_app.ports import Clock, Store, StoreHouse
from desktop_app.rules.demo_school import Story, tell
from desktop_app.rules.demo_words import Words

FEWEST, MOST = 1, 2000
MOST_YEARS = 10
AM = RegisterTimes(time(8, 45), time(9, 15))
PM = RegisterTimes(time(13, 0), time(13, 15))


@dataclass(frozen=True, slots=True)
class DemoMade:
    """A demo school, open for writing. `pupils` are those who have not left by its day, `marks` all marks in force;
    `first` and `last` are the days of the first and last of them; `cases` the open cases, UPN and referral key."""

    store: Store
    pupils: int
    marks: int
    first: date
    last: date
    cases: tuple[tuple[str, str], ...]


def make_demo(
    house: StoreHouse,
    path: Path,
    rulebook: Rulebook,
    *,
    pupils: int = 210,
    years: int = 3,
    seed: int = 1,
    today: date,
    clock: Clock,
) -> Generator[Progress, None, DemoMade]:
    """Make a demo school in `path`: the same seed, size and day give the same figures. User and password are `demo`.

    Each school week is written as it would have been, in deeds of its own day, so that readings as at a past moment
    make sense. Closing the generator early, or an error, leaves no file behind. Raises `Refused` before anything is
    made where the numbers or the file name will not do.
    """
    _check(path, pupils, years)
    yield Progress(0, 0, "Making up names and marks")
    words = read_words(paths.resources())
    story = tell(words, today, pupils, years, seed)
    office = words.staff["office"]
    first = Staff(0, office.name, office.position, office.role, DEMO_USER)
    at = as_aware(datetime.combine(opening(story.years[0].start), time(9, 0)))
    store, _ = house.create(path, _school(words), first, DEMO_PASSWORD, at)
    try:
        recorder = Recorder(store, rulebook, story, clock() if school_time(clock()).date() == today else None)
        deeds = plan(story, recorder)
        for done, deed in enumerate(deeds):
            yield Progress(done, len(deeds), deed.words)
            recorder.do(deed)
        yield Progress(len(deeds), len(deeds), "The demo school is ready")
        return _made(store, story, recorder.referral.key)
    except BaseException:
        store.close()
        _take_away(path)
        raise


def _check(path: Path, pupils: int, years: int) -> None:
    if path.exists():
        raise Refused(f"{path.name} exists already; choose another name.")
    if not path.parent.is_dir():
        raise Refused(f"The folder {path.parent} does not exist; make it first, or choose another.")
    if not FEWEST <= pupils <= MOST:
        raise Refused(f"A demo school has {FEWEST} to {MOST} pupils, not {pupils}.")
    if not 1 <= years <= MOST_YEARS:
        raise Refused(f"A demo school has 1 to {MOST_YEARS} school years, not {years}.")


def _school(words: Words) -> School:
    places = words.places
    return School(
        name=places.name,
        la=places.la,
        type=SchoolType.MAINTAINED,
        phase=Phase.PRIMARY,
        am=AM,
        pm=PM,
        dfe_number=f"{places.la_number}/{places.school_number}",
        headteacher=places.headteacher,
        address=places.address,
        phone=places.phone,
        email=places.email,
        demo=True,
    )


def _made(store: Store, story: Story, referral: str) -> DemoMade:
    days = [day for year in story.years for day in year.sheet.days[: year.taken]] or [story.today]
    with store.reading() as reading:
        counts = reading.marks.counts(days[0], days[-1])
        left = [pupil.leaving_day for pupil in reading.book.all(Pupil)]
    return DemoMade(
        store=store,
        pupils=sum(day is None or day >= story.today for day in left),
        marks=sum(sum(by_code.values()) for by_code in counts.values()),
        first=days[0],
        last=days[-1],
        cases=tuple((case.child.pupil.upn, referral) for case in story.cases),
    )


def _take_away(path: Path) -> None:
    """Remove what was made of a demo school that did not come to its end; the lock looks after itself."""
    for left in (path, *path.parent.glob(f"{path.name}.keys*"), *path.parent.glob(f"{path.name}-journal")):
        with suppress(OSError):
            left.unlink(missing_ok=True)

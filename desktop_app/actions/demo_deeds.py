"""The deeds in which a demo school is written: the roll each August, registers, log and amendments on their days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from desktop_app.context import as_aware
from desktop_app.domain.deeds import Deed
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.marks import NewMark
from desktop_app.domain.people import Channel, Flag
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.sessions import HALVES
from desktop_app.domain.staff import Author, Role, Staff
from desktop_app.ports import BookFact, Store, Writing
from desktop_app.rules.calendar import SchoolCalendar
from desktop_app.rules.demo_cases import BLANK, Amendment
from desktop_app.rules.demo_log import Said
from desktop_app.rules.demo_people import YEAR_GROUPS, Child
from desktop_app.rules.demo_school import Story, Year
from desktop_app.rules.display import date_year

PRESENT = ("/", "\\")
OLDER_CODES = {"C1": "C", "C2": "C", "Y4": "Y"}
"""What was written before the codes of 2024 were law."""
NEARBY_DAYS = 5
"""The registers of the last so many school days are told one by one; those before by the week."""
CHECKS = ((9, 15), (2, 20))
"""When in a school year the contacts are checked: month and day."""
UNCHECKED = 6
"""One adult in so many has not been asked for years."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A deed to be done: when (school local time), by whom (a key of the staff or a teacher's name), what it writes."""

    at: datetime
    author: str
    action: str
    words: str
    write: Callable[[Writing], None]


def opening(start: int) -> date:
    """The day in August on which the office opens a school year."""
    return date(start, 8, 25)


def plan(story: Story, recorder: Recorder) -> list[Planned]:
    """Every deed of a story, in the order of time."""
    deeds = [recorder.staff()]
    for year in story.years:
        deeds += recorder.of_year(year)
    return sorted(deeds, key=lambda deed: deed.at)


class Recorder:
    """Writes a story into a store, and knows which of our keys got which id there. `latest` is now, where the story
    ends today: no deed is dated after it."""

    def __init__(self, store: Store, rulebook: Rulebook, story: Story, latest: datetime | None) -> None:
        self._store = store
        self._story = story
        self._latest = latest
        self._random = Random(len(story.roster.children))  # noqa: S311 - only chooses words
        self._authors: dict[str, Author] = {}
        self._pupils: dict[int, int] = {}
        self._persons: dict[int, int] = {}
        self._channels: dict[int, list[Channel]] = {}
        pack = rulebook.packs[story.words.places.la]
        self.referral = pack.referrals[0]
        self._case_details = {
            "referral": self.referral.key,
            "referral_title": self.referral.title,
            "pack": pack.key,
            "version": pack.version,
        }
        self._law_begun = rulebook.codes["C2"].first or date.min

    def do(self, deed: Planned) -> None:
        """Do a planned deed, in one transaction."""
        if not self._authors:
            self._learn_authors()
        at = as_aware(deed.at) if self._latest is None else min(as_aware(deed.at), self._latest.astimezone(UTC))
        author = self._authors.get(deed.author) or self._authors["office"]
        with self._store.writing(Deed(author, deed.action, at)) as writing:
            deed.write(writing)
        if deed.action == "staff":
            self._learn_authors()

    def staff(self) -> Planned:
        """The deed that names everybody who works at the school."""
        words, classes = self._story.words, self._story.classes
        teachers = {
            classes.teacher(group, form): classes.name(group, form)
            for form in range(classes.forms)
            for group in YEAR_GROUPS
        }
        people = [person for key, person in words.staff.items() if key != "office"]
        people += [Staff(0, name, f"Teacher of {taught}", Role.TEACHER) for name, taught in teachers.items()]
        at = datetime.combine(opening(self._story.years[0].start), time(9, 5))
        return Planned(at, "office", "staff", "Naming the staff", _book(people))

    def of_year(self, year: Year) -> Iterator[Planned]:
        """The deeds of a school year up to today."""
        start = opening(year.start)
        words = f"School year {year.start}/{(year.start + 1) % 100:02d}"
        yield Planned(datetime.combine(start, time(9, 10)), "office", "calendar", words, _book(year.periods))
        yield Planned(
            datetime.combine(start, time(9, 30)), "office", "roll", words, lambda book: self._roll(book, year)
        )
        yield from self._comings_and_goings(year)
        if year is self._story.years[-1]:
            yield from self._checks(year)
        far, near = self._log(year)
        yield from self._registers(year, far)
        for said in near:
            at, action = said.at + timedelta(minutes=3), f"log {said.kind.value}"
            yield Planned(at, said.author, action, "The log of the last days", self._entries([said]))
        yield from self._amendments(year)

    def _learn_authors(self) -> None:
        with self._store.reading() as reading:
            known = {person.name: person.as_author() for person in reading.book.all(Staff)}
        named = {key: known[person.name] for key, person in self._story.words.staff.items() if person.name in known}
        self._authors = known | named

    def _roll(self, writing: Writing, year: Year) -> None:
        """Take the new children in, and put everybody in the classes of the year."""
        new = [
            row.child
            for row in year.sheet.rows.values()
            if row.child.key not in self._pupils and not _late(row.child, year)
        ]
        self._admit(writing, new, opening(year.start))
        self._place(writing, (row.child for row in year.sheet.rows.values() if row.child.key in self._pupils), year)

    def _admit(self, writing: Writing, children: Sequence[Child], day: date) -> None:
        book, families = writing.book, self._story.roster.families
        adults = {
            adult.key: adult
            for child in children
            for adult in families[child.family].adults
            if adult.key not in self._persons
        }
        self._persons.update(zip(adults, book.put_many([one.person for one in adults.values()]), strict=True))
        channels = [
            replace(channel, person=self._persons[key], checked=day if key % UNCHECKED else None)
            for key, adult in adults.items()
            for channel in adult.channels
        ]
        self._keep_channels(book.put_many(channels), channels)
        self._pupils.update(
            zip([one.key for one in children], book.put_many([one.pupil for one in children]), strict=True)
        )
        facts: list[BookFact] = []
        for child in children:
            pupil = self._pupils[child.key]
            adults_of = families[child.family].adults
            facts += [replace(adult.tie, pupil=pupil, person=self._persons[adult.key]) for adult in adults_of]
            facts += [Flag(0, pupil, kind, value, child.pupil.starting_day) for kind, value in child.flags]
        book.put_many(facts)

    def _keep_channels(self, ids: Sequence[int], channels: Sequence[Channel]) -> None:
        for key, channel in zip(ids, channels, strict=True):
            self._channels.setdefault(channel.person, []).append(replace(channel, id=key))

    def _place(self, writing: Writing, children: Iterable[Child], year: Year) -> None:
        places = [self._story.memberships(child, self._pupils[child.key], year) for child in children]
        writing.book.put_many([place for place in places if place is not None])

    def _comings_and_goings(self, year: Year) -> Iterator[Planned]:
        """Children who join after September or leave before July, and Year 6 at the end of the summer term."""
        leaving: defaultdict[date, list[Child]] = defaultdict(list)
        ends = year.sheet.days[-1]
        for row in year.sheet.rows.values():
            child = row.child
            if _late(child, year):
                at = datetime.combine(child.pupil.starting_day, time(8, 30))
                yield Planned(
                    at, "office", "roll", "A child joins", lambda book, one=child: self._join(book, one, year)
                )
            left = child.departure
            if left and left.day < date(year.start + 1, 9, 1):
                leaving[min(left.day, ends)].append(child)
        for day, children in leaving.items():
            at = datetime.combine(day, time(15, 55))
            yield Planned(
                at, "office", "roll", "Children leave", lambda book, of=tuple(children): self._leave(book, of)
            )

    def _join(self, writing: Writing, child: Child, year: Year) -> None:
        self._admit(writing, [child], child.pupil.starting_day)
        self._place(writing, [child], year)

    def _leave(self, writing: Writing, children: Sequence[Child]) -> None:
        for child in children:
            left = child.departure
            if left:
                writing.book.put(
                    replace(
                        child.pupil,
                        id=self._pupils[child.key],
                        leaving_day=left.day,
                        leaving_ground=left.ground,
                        next_school=left.next_school,
                    )
                )

    def _checks(self, year: Year) -> Iterator[Planned]:
        """Most families say twice a year that their numbers are right; that of the case that lacks much does not."""
        answering, silent = ({case.child.family for case in self._story.cases[place : place + 1]} for place in (0, 1))
        asked = {
            adult.key
            for row in year.sheet.rows.values()
            if row.child.family not in silent
            for adult in self._story.roster.families[row.child.family].adults
            if adult.key % UNCHECKED or row.child.family in answering
        }
        for month, of_month in CHECKS:
            day = date(year.start + (month < 9), month, of_month)
            if day <= self._story.today:
                at = datetime.combine(day, time(14, 0))
                yield Planned(
                    at, "office", "contacts", "Checking contacts", lambda book, on=day: self._check(book, asked, on)
                )

    def _check(self, writing: Writing, adults: set[int], day: date) -> None:
        known = [self._persons[key] for key in sorted(adults) if key in self._persons]
        writing.book.put_many([replace(channel, checked=day) for one in known for channel in self._channels[one]])

    def _registers(self, year: Year, log: Mapping[tuple[date, str], Sequence[Said]]) -> Iterator[Planned]:
        """Registers and log by the week, and the registers of the last days one by one."""
        sheet, nearby = year.sheet, self._nearby(year)
        amended = {(one.child, one.place): one.was for one in year.amended}
        everybody = tuple(sheet.rows)
        for days in _weeks(sheet.days[:nearby]):
            at = datetime.combine(sheet.days[days[-1]], time(16, 30))
            monday = SchoolCalendar.monday(at.date())
            words = f"The week of {date_year(monday)}"
            marks = self._marks(year, everybody, range(2 * days[0], 2 * days[-1] + 2), amended)
            entries = self._entries(log.get((monday, "office"), ()))
            yield Planned(at, "office", "registers", words, _both(marks, entries))
            for author in self._story.words.staff:
                if author != "office" and (monday, author) in log:
                    later = at + timedelta(minutes=10)
                    yield Planned(later, author, "log", words, self._entries(log[monday, author]))
        for day in range(nearby, year.taken):
            for number, (name, children) in enumerate(sorted(self._story.in_classes(year).items())):
                for half, begins in enumerate((time(8, 51), time(13, 2))):
                    at = datetime.combine(sheet.days[day], begins) + timedelta(minutes=number)
                    teacher = self._story.classes.teacher(name[0], sheet.rows[children[0]].child.form)
                    places = range(2 * day + half, 2 * day + half + 1)
                    words = f"Registers of {date_year(at.date())}"
                    yield Planned(at, teacher, "register", words, self._marks(year, children, places, amended))

    def _nearby(self, year: Year) -> int:
        """The place of the first day whose registers are told one by one."""
        return max(0, year.taken - NEARBY_DAYS) if year is self._story.years[-1] else year.taken

    def _marks(
        self, year: Year, children: Sequence[int], places: range, amended: Mapping[tuple[int, int], str]
    ) -> Callable[[Writing], None]:
        def write(writing: Writing) -> None:
            writing.marks.add(self._new_marks(year, children, places, amended))

        return write

    def _new_marks(
        self, year: Year, children: Sequence[int], places: range, amended: Mapping[tuple[int, int], str]
    ) -> Iterator[NewMark]:
        days = year.sheet.days
        older = OLDER_CODES if days[places[0] // 2] < self._law_begun else {}
        for key in children:
            row = year.sheet.rows[key]
            here = range(max(row.first, places.start), min(row.last, places.stop))
            pupil = self._pupils[key] if here else 0
            for place in here:
                code = row.codes[place] or PRESENT[place % 2]
                if code == BLANK:
                    continue
                if (key, place) in amended:
                    yield NewMark(pupil, days[place // 2], HALVES[place % 2], amended[key, place])
                elif place in row.details:
                    yield NewMark(
                        pupil, days[place // 2], HALVES[place % 2], older.get(code, code), *row.details[place]
                    )
                else:
                    yield NewMark(pupil, days[place // 2], HALVES[place % 2], older.get(code, code))

    def _amendments(self, year: Year) -> Iterator[Planned]:
        """What was put right later, all of one day together, after the deed that wrote the register."""
        sheet, nearby = year.sheet, self._nearby(year)
        days: defaultdict[date, list[Amendment]] = defaultdict(list)
        written = {place: sheet.days[week[-1]] for week in _weeks(sheet.days[:nearby]) for place in week}
        for one in year.amended:
            day = one.place // 2
            days[max(sheet.days[day + one.later], written.get(day, sheet.days[day]))].append(one)
        for day, amended in sorted(days.items()):
            at = datetime.combine(day, time(16, 50))
            yield Planned(
                at, "office", "register", "Amendments", lambda book, of=tuple(amended): self._amend(book, of, year)
            )

    def _amend(self, writing: Writing, amended: Sequence[Amendment], year: Year) -> None:
        writing.marks.add(self._amended(one, year) for one in amended)

    def _amended(self, one: Amendment, year: Year) -> NewMark:
        row = year.sheet.rows[one.child]
        reasons = self._story.words.reasons[one.code]
        parent = self._story.roster.families[row.child.family].adults[0].person.formal_name
        reason = self._random.choice(reasons).replace("{parent}", parent)
        minutes, note = row.details.get(one.place, (None, ""))
        day, half = year.sheet.days[one.place // 2], HALVES[one.place % 2]
        return NewMark(self._pupils[one.child], day, half, one.code, minutes, note, reason, amends=True)

    def _log(self, year: Year) -> tuple[dict[tuple[date, str], list[Said]], list[Said]]:
        """What was said, by the Monday of its week and the author; and that of the last days one by one."""
        far: defaultdict[tuple[date, str], list[Said]] = defaultdict(list)
        near: list[Said] = []
        told = frozenset(year.sheet.days[: self._nearby(year)])
        for said in year.said:
            if said.at.date() in told:
                far[SchoolCalendar.monday(said.at.date()), said.author].append(said)
            elif said.at.date() <= self._story.today and (self._latest is None or as_aware(said.at) <= self._latest):
                near.append(said)
        return dict(far), near

    def _entries(self, many: Sequence[Said]) -> Callable[[Writing], None]:
        def write(writing: Writing) -> None:
            for said in many:
                writing.entries.add(self._entry(said))

        return write

    def _entry(self, said: Said) -> NewEntry:
        entry = NewEntry(
            kind=said.kind,
            happened_at=said.at,
            pupils=tuple(self._pupils[key] for key in said.children),
            outcome=said.outcome,
            persons=tuple(self._persons[key] for key in said.adults),
            note=said.note,
            details={"what": said.what} if said.what else {},
        )
        if said.kind is not EntryKind.CASE_OPENED:
            return entry
        upn = self._story.roster.children[said.children[0]].pupil.upn
        return replace(entry, outcome=self.referral.title, details={"pupil": upn} | self._case_details)


def _both(first: Callable[[Writing], None], then: Callable[[Writing], None]) -> Callable[[Writing], None]:
    def write(writing: Writing) -> None:
        first(writing)
        then(writing)

    return write


def _book(facts: Sequence[BookFact]) -> Callable[[Writing], None]:
    def write(writing: Writing) -> None:
        writing.book.put_many(facts)

    return write


def _late(child: Child, year: Year) -> bool:
    """Whether a child joins in that year after its first day."""
    return child.pupil.starting_day > year.sheet.days[0] and child.pupil.starting_day <= year.sheet.days[-1]


def _weeks(days: Sequence[date]) -> list[list[int]]:
    """The places of some days, week by week."""
    weeks: defaultdict[date, list[int]] = defaultdict(list)
    for place, day in enumerate(days):
        weeks[SchoolCalendar.monday(day)].append(place)
    return list(weeks.values())

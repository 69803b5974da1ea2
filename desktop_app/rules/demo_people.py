"""The children and families of the demo school, put together by a seeded chance: no real child is among them.

Phone numbers come from the ranges Ofcom keeps for drama (07700 900xxx, 0151 496 0xxx), e-mail addresses from the
top-level domain kept for examples (RFC 2606).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from desktop_app.domain.people import Address, Answer, Channel, ChannelKind, FlagKind, Person, Pupil, Tie
from desktop_app.rules.demo_words import NameGroup, Words
from desktop_app.rules.names import plain
from desktop_app.rules.upn import check_letter

YEAR_GROUPS = ("R", "1", "2", "3", "4", "5", "6")
CLASS_SIZE = 30
FAMILY_SIZES = ((1, 2, 3, 4), (46, 40, 12, 2))
SIBLING_GAPS = ((0, 2, 3, 4, 5), (3, 42, 30, 17, 8))
JOINS_LATER = 0.02
LEAVES_EARLY = 0.015
KEPT_AWAY = 0.05
EMAILS = "families.example"
DRAMA_NUMBERS = 1000
FIRST_NUMBER = 2001
"""The admission number of the first child in the book."""


@dataclass(frozen=True, slots=True)
class Adult:
    """A parent or other contact, and the tie each child of the family has to them. `key` is the place in the school's
    list of adults; the facts have no ids yet."""

    key: int
    person: Person
    tie: Tie
    channels: tuple[Channel, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """The adults some children share. `need` is how hard coming to school is: about 0, spread about 1. `late` is a
    weight, mostly below 1 and now and then many times that."""

    key: int
    group: NameGroup
    adults: tuple[Adult, ...]
    need: float
    late: float
    fsm: bool
    ethnicity: str


@dataclass(frozen=True, slots=True)
class Departure:
    """How a child left: the last day on roll, the ground, and where to."""

    day: date
    ground: str
    next_school: str


@dataclass(frozen=True, slots=True)
class Child:
    """A child as admitted. `cohort` is the year of the September of its Reception; `form` its class in a year."""

    key: int
    family: int
    cohort: int
    form: int
    pupil: Pupil
    departure: Departure | None
    flags: tuple[tuple[FlagKind, str], ...]
    need: float

    def year_group(self, start: int) -> str:
        """The year group in the school year that begins in September of `start`."""
        return YEAR_GROUPS[start - self.cohort]


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody the demo school knows, in the order of their keys."""

    families: tuple[Family, ...]
    children: tuple[Child, ...]


@dataclass(frozen=True, slots=True)
class Span:
    """The school years that are told: their starts, first to last, the days of each on which there is school (whole
    years), and the same for the first day of the years before, as far as the eldest children go back."""

    years: tuple[int, ...]
    days: Mapping[int, Sequence[date]]
    first_days: Mapping[int, date]


def forms_for(pupils: int) -> int:
    """How many classes each year group has: one, while classes stay at about thirty."""
    return max(1, round(pupils / len(YEAR_GROUPS) / CLASS_SIZE))


def roster(random: Random, words: Words, span: Span, pupils: int) -> Roster:
    """Families and children: `pupils` of them on roll in the last year, and those who left before or joined later."""
    maker = _Maker(random, words, span)
    return maker.roster(cohort_sizes(span, pupils), forms_for(pupils))


def cohort_sizes(span: Span, pupils: int) -> dict[int, int]:
    """How many children of each cohort are still there at the end; as evenly as may be."""
    last = span.years[-1]
    cohorts = range(span.years[0] - len(YEAR_GROUPS) + 1, last + 1)
    base, over = divmod(pupils, len(YEAR_GROUPS))
    return {cohort: base + ((last - cohort) % len(YEAR_GROUPS) < over) for cohort in cohorts}


class _Maker:
    """Makes families and children one after another, and remembers which names and numbers are used."""

    def __init__(self, random: Random, words: Words, span: Span) -> None:
        self.random = random
        self.words = words
        self.span = span
        self.names: set[tuple[str, str]] = set()
        self.serials: Counter[int] = Counter()
        self.adults = 0
        self.mobiles = _numbers(random, "07700 900")
        self.landlines = _numbers(random, "0151 496 0")

    def roster(self, sizes: Mapping[int, int], forms: int) -> Roster:
        """Fill the cohorts with families, then say who joined late and who left early."""
        left = {cohort: size + self._leavers(cohort, size) for cohort, size in sizes.items()}
        places = Counter(left)
        seats: Counter[int] = Counter()
        families: list[Family] = []
        children: list[Child] = []
        while places.total():
            family = self._family(len(families))
            families.append(family)
            for child in self._children(family, self._cohorts(places), len(children)):
                children.append(replace(child, form=seats[child.cohort] % forms))
                seats[child.cohort] += 1
        return Roster(tuple(families), tuple(self._departures(_numbered(children), sizes)))

    def _leavers(self, cohort: int, size: int) -> int:
        told = sum(cohort <= year < cohort + len(YEAR_GROUPS) for year in self.span.years[:-1])
        return sum(self.random.random() < LEAVES_EARLY * told for _ in range(size))

    def _cohorts(self, places: Counter[int]) -> list[int]:
        """Which cohorts the children of the next family are in; takes their places."""
        count = self.random.choices(*FAMILY_SIZES)[0]
        cohort = max(places, key=lambda one: (places[one], one))
        found: list[int] = []
        while len(found) < count and places[cohort] > 0:
            places[cohort] -= 1
            found.append(cohort)
            cohort += self.random.choices(*SIBLING_GAPS)[0]
        return found

    def _family(self, key: int) -> Family:
        random = self.random
        group = random.choices(self.words.groups, [group.weight for group in self.words.groups])[0]
        fsm = random.random() < self.words.shape.flags[FlagKind.FSM] / 100
        need = random.gauss(0.6 if fsm else -0.2, 1)
        ethnicity = group.ethnicities[7 * key % len(group.ethnicities)]  # by no chance: all else stays as it was
        return Family(key, group, self._adults(group), need, random.lognormvariate(0, 1.2), fsm, ethnicity)

    def _adults(self, group: NameGroup) -> tuple[Adult, ...]:
        random = self.random
        his, hers = random.choice(group.surnames)
        home, elsewhere = self._address(), self._address()
        mother = self._adult(group, hers, home, "Mother", woman=True, lives=True)
        shape = random.random()
        if shape < 0.56:
            pair = [mother, self._adult(group, his, home, "Father", woman=False, lives=True)]
        elif shape < 0.80:
            away = self._adult(group, his, elsewhere, "Father", woman=False, lives=False)
            pair = [mother, _kept_away(away) if random.random() < KEPT_AWAY else away]
        elif shape < 0.87:
            pair = [mother, self._adult(group, his, home, "Step-father", woman=False, lives=True, parent=False)]
        elif shape < 0.93:
            pair = [self._adult(group, his, home, "Father", woman=False, lives=True)]
        else:
            pair = [mother]
        if random.random() < 0.6 or len(pair) == 1:
            kin = random.choice(("Grandmother", "Aunt", "Family friend"))
            surname = random.choice(group.surnames)[1]
            pair.append(self._adult(group, surname, elsewhere, kin, woman=True, lives=False, parent=False))
        return tuple(
            replace(adult, tie=replace(adult.tie, priority=place)) for place, adult in enumerate(pair, start=1)
        )

    def _adult(
        self,
        group: NameGroup,
        surname: str,
        address: Address,
        kind: str,
        *,
        woman: bool,
        lives: bool,
        parent: bool = True,
    ) -> Adult:
        random = self.random
        forename = random.choice(group.women if woman else group.men)
        person = Person(
            0,
            f"{forename} {surname}",
            title=random.choice(("Ms", "Mrs")) if woman else "Mr",
            address=address,
            language=group.language,
            interpreter=random.random() < group.interpreter,
        )
        tie = Tie(
            0,
            0,
            0,
            kind,
            responsibility=Answer.YES if parent else Answer.NO,
            lives_with=Answer.YES if lives else Answer.NO,
            may_know_why=parent or lives,
        )
        channels = [Channel(0, 0, ChannelKind.PHONE, next(self.mobiles), "mobile")]
        if random.random() < 0.3:
            channels.append(Channel(0, 0, ChannelKind.PHONE, next(self.landlines), "home", 2))
        if parent and random.random() < 0.8:
            mailbox = f"{plain(forename)[0]}.{plain(surname)}{self.adults}@{EMAILS}"
            channels.append(Channel(0, 0, ChannelKind.EMAIL, "".join(mailbox.split()).replace("'", ""), priority=3))
        self.adults += 1
        return Adult(self.adults - 1, person, tie, tuple(channels))

    def _address(self) -> Address:
        places, random = self.words.places, self.random
        street = random.randrange(len(places.streets))
        unit = "".join(random.choices("ABDEFGHJLNPQRSTUWXYZ", k=2))
        return Address(
            (f"{random.randint(1, 98)} {places.streets[street]}", places.town),
            f"{places.postcode_area} {street % 9 + 1}{unit}",
        )

    def _children(self, family: Family, cohorts: Sequence[int], key: int) -> Iterator[Child]:
        born: dict[int, date] = {}
        for place, cohort in enumerate(cohorts):
            day = born.setdefault(cohort, date(cohort - 5, 9, 1) + timedelta(days=self.random.randrange(365)))
            pupil = self._pupil(family, cohort, day)
            need = 0.8 * family.need + 0.6 * self.random.gauss(0, 1)
            yield Child(key + place, family.key, cohort, 0, pupil, None, self._flags(family), need)

    def _pupil(self, family: Family, cohort: int, born: date) -> Pupil:
        random, words = self.random, self.words
        girl = random.random() < 0.49
        living = next(adult for adult in family.adults if adult.tie.lives_with is Answer.YES)
        his, hers = _surnames(family)
        surname = hers if girl else his
        forenames = family.group.girls if girl else family.group.boys
        forename, middle = self._unused(forenames, surname)
        starting, school = self._starting(cohort)
        self.serials[cohort] += 1
        body = f"{words.places.la_number}{words.places.school_number}{cohort % 100:02d}{self.serials[cohort]:03d}"
        return Pupil(
            0,
            surname,
            forename,
            born,
            starting,
            upn=check_letter(body) + body,
            middle_names=middle,
            sex="F" if girl else "M",
            address=living.person.address,
            last_school=school,
        )

    def _unused(self, forenames: Sequence[str], surname: str) -> tuple[str, str]:
        """A forename that nobody of that surname has yet, as far as the list goes, and now and then a middle name."""
        free = [name for name in forenames if (name, surname) not in self.names] or list(forenames)
        forename = self.random.choice(free)
        self.names.add((forename, surname))
        others = [name for name in forenames if name != forename]
        return forename, self.random.choice(others) if self.random.random() < 0.25 else ""

    def _starting(self, cohort: int) -> tuple[date, str]:
        """The first day and the school before: Reception's first day, or a Monday later for those who move in."""
        told = [year for year in self.span.years if cohort < year < cohort + len(YEAR_GROUPS)]
        # Nobody joins in the last year, so that a child who moved in has a history to be read.
        if told[:-1] and self.random.random() < JOINS_LATER * len(told):
            days = [day for day in self.span.days[self.random.choice(told[:-1])] if day.weekday() == 0]
            return self.random.choice(days[:-4]), self.random.choice(self.words.places.earlier_schools)
        return self.span.first_days[cohort], self.random.choice(self.words.places.nurseries)

    def _flags(self, family: Family) -> tuple[tuple[FlagKind, str], ...]:
        shares = self.words.shape.flags
        found = [(kind, "") for kind, share in shares.items() if kind is not FlagKind.FSM and self._chance(share)]
        if (FlagKind.EHCP, "") in found:
            found = [one for one in found if one[0] is not FlagKind.SEN_SUPPORT]  # a plan takes the place of support
        found.append((FlagKind.ETHNICITY, family.ethnicity))
        if family.fsm:
            found += [(FlagKind.FSM, ""), (FlagKind.PUPIL_PREMIUM, "")]
        if family.group.language:
            found.append((FlagKind.EAL, family.group.language))
        if (FlagKind.CHILD_IN_NEED, "") in found:
            found.append((FlagKind.SOCIAL_WORKER, "Children’s social care duty team"))
        return tuple(found)

    def _chance(self, per_cent: float) -> bool:
        return self.random.random() < per_cent / 100

    def _departures(self, children: Sequence[Child], sizes: Mapping[int, int]) -> Iterator[Child]:
        """Each child, with when and why it left: Year 6 in July, and those above the cohort's size on some Friday."""
        seen: Counter[int] = Counter()
        for child in children:
            seen[child.cohort] += 1
            early = self._early(child) if seen[child.cohort] > sizes[child.cohort] else None
            yield replace(child, departure=early or self._after_year_six(child))

    def _early(self, child: Child) -> Departure | None:
        days = [
            day
            for year in self.span.years[:-1]
            if child.cohort <= year < child.cohort + len(YEAR_GROUPS)
            for day in self.span.days[year]
            if day.weekday() == 4 and day > child.pupil.starting_day
        ]
        if not days:
            return None
        ground = "registered at another school (regulation 9(1)(a))"
        return Departure(self.random.choice(days), ground, self.random.choice(self.words.places.earlier_schools))

    def _after_year_six(self, child: Child) -> Departure | None:
        last = child.cohort + len(YEAR_GROUPS) - 1
        if last >= self.span.years[-1]:
            return None
        ground = "registered at another school (regulation 9(1)(a))"
        return Departure(date(last + 1, 8, 31), ground, self.random.choice(self.words.places.secondary_schools))


def _numbered(children: Sequence[Child]) -> list[Child]:
    """The same children with the numbers of an admission register, in the order in which they came."""
    order = sorted(children, key=lambda child: (child.pupil.starting_day, child.key))
    number = {child.key: str(FIRST_NUMBER + place) for place, child in enumerate(order)}
    return [replace(child, pupil=replace(child.pupil, admission_number=number[child.key])) for child in children]


def _kept_away(adult: Adult) -> Adult:
    """The same adult, whom a court keeps from the children."""
    tie = replace(
        adult.tie, may_contact=False, may_know_why=False, may_leave_message=False, may_collect=False, no_contact=True
    )
    return replace(adult, tie=tie)


def _surnames(family: Family) -> tuple[str, str]:
    """The family's surname as a boy and as a girl bears it."""
    first = family.adults[0].person.full_name
    return next(pair for pair in family.group.surnames if first.endswith((f" {pair[0]}", f" {pair[1]}")))


def _numbers(random: Random, prefix: str) -> Iterator[str]:
    """Every number of a drama range in a shuffled order, again from the start when all are used."""
    order = random.sample(range(DRAMA_NUMBERS), DRAMA_NUMBERS)
    while True:
        yield from (f"{prefix}{number:03d}" for number in order)

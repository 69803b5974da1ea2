"""Every profile of every authority’s pack: its bundle made, and read back by somebody else’s reader.

The index, the bookmarks and the stamps are true; every exhibit is there in order; every unauthorised session stands in
the certificate once; and what its reader may not know is nowhere in it, not in any byte. Here of one child with a
story; with `--slow` of every child of the demo school, or of every so-many-th, where `ROLLBOOK_EVERY` says a number.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pytest

from desktop_app import paths, rulebook as rulebooks
from desktop_app.actions.bundle import build, plan
from desktop_app.cli.answers import finish
from desktop_app.context import Context
from desktop_app.domain.bundle import Bundle, BundlePlan, BundleRequest
from desktop_app.domain.codes import Counts
from desktop_app.domain.exhibits import TakenAs
from desktop_app.domain.people import Pupil
from desktop_app.domain.referrals import Disclosure, Referral
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.school import SchoolType
from desktop_app.ports import StoreHouse
from desktop_app.rules.age import compulsory
from tests.journeys.demo_canaries import Canaries, be_of, families
from tests.support.clock import StillClock
from tests.support.demo_school import demo_school
from tests.support.reading_pdf import ReadBack, certified_sessions
from tests.support.schools import SmallSchool, fill_school, make_school
from tests.support.told_case import EARLIER, LET_OUT, SISTER, Told, tell_all
from tests.support.whole_pdf import WholePdf, check_with_qpdf

LAW = rulebooks.load(paths.resources())
EVERY = [(key, one.key) for key, pack in LAW.packs.items() for one in pack.referrals]
TYPES = {
    "knowsley": SchoolType.MAINTAINED,
    "sefton": SchoolType.ACADEMY,
    "halton": SchoolType.SPECIAL,
    "windsor-maidenhead": SchoolType.ALTERNATIVE_PROVISION,
    "england": SchoolType.NON_MAINTAINED_SPECIAL,
}
"""The type of school that each pack is tried in; a profile that is for few types is tried in the first of those."""
NOW = datetime(2026, 11, 20, 8, 50)
COVER = "cover"


@dataclass(frozen=True)
class Made:
    """A bundle that was made: what was planned, what came of it, and what a reader reads."""

    planned: BundlePlan
    bundle: Bundle
    path: Path
    read: WholePdf

    @property
    def drawn(self) -> list[str]:
        """The titles of the parts that are in it, in order."""
        return [part.title for part in self.planned.parts if part.drawn and part.kind != COVER]

    def has(self, kind: str) -> bool:
        """Whether a part of that kind is in it."""
        return any(part.kind == kind and part.drawn for part in self.planned.parts)


@dataclass
class Schools:
    """The story in a school of each authority, told when it is first asked for."""

    house: StoreHouse
    folder: Path
    told: dict[str, Told]

    def of(self, key: str) -> Told:
        """The story in that authority’s school."""
        if key not in self.told:
            path = self.folder / f"{key}.rollbook"
            context = make_school(self.house, path, LAW, StillClock(NOW), la=key)
            school = SmallSchool(context, fill_school(context), path)
            self.told[key] = tell_all(school, LAW.packs[key].referrals[0].key)
        return self.told[key]


@pytest.fixture(scope="module")
def schools(house: StoreHouse, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Schools]:
    """A school for each authority."""
    found = Schools(house, tmp_path_factory.mktemp("profiles"), {})
    yield found
    for one in found.told.values():
        one.context.store.close()


@pytest.mark.parametrize(("pack", "key"), EVERY)
def test_every_profile_of_every_pack_is_true_and_gives_nothing_away(
    schools: Schools, pack: str, key: str, tmp_path: Path
) -> None:
    referral = LAW.packs[pack].referral(key)
    assert referral is not None
    told = schools.of(pack)
    told.be(referral.schools[0] if referral.schools else TYPES[pack])
    for parent in told.parents(referral):
        made = make(told.context, told.asking(referral, parent), tmp_path / f"{parent}.pdf")
        assert [part.why for part in made.planned.parts if not part.drawn] == []
        check_whole(told.context, made)
        found = [one for one in told.canaries(referral, parent) if made.read.says(one)]
        assert not found
        check_exhibits(made, told.exhibits(referral, parent))
        check_shown(made, referral)


def make(context: Context, request: BundleRequest, path: Path) -> Made:
    """Plan it and make it."""
    planned = plan(context, request)
    bundle = finish(build(context, request, path))
    content = path.read_bytes()
    assert content == bundle.content
    return Made(planned, bundle, path, WholePdf(content))


def check_whole(context: Context, made: Made) -> None:
    """What holds of every bundle: its stamps, its index, its bookmarks, its parts, its certificate."""
    read, total = made.read, made.bundle.pages
    assert len(read.pages) == total
    assert [read.stamp(number) for number in range(1, total + 1)] == [(number, total) for number in range(1, total + 1)]
    assert all(made.bundle.reference in page for page in read.pages)
    parts = [line for line in read.index if line.label.isdigit()]
    assert [line.title for line in parts] == made.drawn
    assert [int(line.label) for line in parts] == list(range(1, len(parts) + 1))
    begins = {number: read.pages_of_part(number)[0] for number in range(1, len(parts) + 1)}
    assert {int(line.label): line.page for line in parts} == begins
    if made.planned.request.duplex:
        assert all(page % 2 for page in begins.values())
    marks = [*read.bookmarks]
    assert marks[0][1] == 1
    assert [mark for mark in marks[1:] if " · " not in mark[0]] == [(line.title, line.page) for line in parts]
    pieces = [line for line in read.index if not line.label.isdigit()]
    assert [mark[1] for mark in marks[1:] if " · " in mark[0]] == [line.page for line in pieces]
    assert not read.attachments
    assert check_with_qpdf(made.path) == ""
    if made.has("certificate"):
        listed = certified_sessions(ReadBack(read.pages, ()), _title(made, "certificate"))
        assert listed == unauthorised(context, made.planned.request)


def _title(made: Made, kind: str) -> str:
    return next(part.title for part in made.planned.parts if part.kind == kind)


def unauthorised(context: Context, request: BundleRequest) -> list[tuple[str, str, str]]:
    """Each unauthorised session of compulsory school age in the register of the period, once."""
    codes = context.rulebook.codes
    with context.store.reading() as reading:
        pupil = reading.book.get(Pupil, request.pupil)
        marks = list(reading.marks.between(request.first, request.last, [request.pupil]))
    assert pupil is not None
    return [
        (_printed(mark.day), mark.half.value.upper(), mark.code)
        for mark in sorted(marks, key=lambda mark: (mark.day, mark.half.ordinal))
        if codes[mark.code].counts is Counts.UNAUTHORISED and compulsory(pupil.date_of_birth, mark.day)
    ]


def _printed(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"


def check_exhibits(made: Made, wanted: tuple[str, ...]) -> None:
    """Each exhibit after its slip, in order of date, under its label; none twice."""
    labelled = [one for one in made.planned.exhibits if one.taken_as is not TakenAs.BESIDE]
    if not made.has("exhibits"):
        assert not any(one in made.read.everything for one in wanted)
        return
    lines = [line for line in made.read.index if not line.label.isdigit()]
    assert [line.label for line in lines] == [one.label for one in labelled]
    assert [line.label for line in lines] == [f"KH/{number}" for number in range(1, len(wanted) + 1)]
    for line, said in zip(lines, wanted, strict=True):
        assert f"Exhibit {line.label}" in made.read.pages[line.page - 1]
        assert said in made.read.pages[line.page]
        assert sum(said in page for page in made.read.pages) == 1


def check_shown(made: Made, referral: Referral) -> None:
    """What is kept from some readers is there for those who must have it: so the search for it can find it."""
    text = made.read.everything
    if made.has("siblings"):
        assert SISTER in text
    if made.has("restricted"):
        assert LET_OUT in text
    if made.has("chronology") and referral.disclosure is not Disclosure.COURT:
        assert EARLIER in text


@pytest.mark.slow
@pytest.mark.parametrize("key", sorted(LAW.packs))
def test_every_child_of_the_demo_school(key: str, house: StoreHouse, tmp_path: Path, rulebook: Rulebook) -> None:
    """Every pupil, with each parent where a bundle is of one: every referral of the pack."""
    context, _ = demo_school(house, tmp_path, rulebook, pupils=210)
    every = families(context)
    assert len(every) >= 200
    told = every[:: int(os.environ.get("ROLLBOOK_EVERY", "1"))]
    for referral in LAW.packs[key].referrals:
        be_of(context, key, referral)
        for family in told:
            for parent in family.parents if referral.per_parent else (None,):
                canaries = Canaries(context, family, referral, parent)
                made = make(context, canaries.request, tmp_path / "bundle.pdf")
                check_whole(context, made)
                assert not canaries.found(made.read), (family.pupil.legal_name, key, referral.key)
                made.path.unlink()

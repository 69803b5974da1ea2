"""The school's own pack: copied, changed, checked, adopted, found again for an older case, and given up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.actions.packs import adopt_pack, check_pack, drop_packs, pack_lines, pack_of, pack_text
from desktop_app.context import Context, renewed, signed_in
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.staff import Role
from tests.support.schools import SmallSchool


def changed(context: Context, version: str, old: str = "", new: str = "") -> str:
    """The pack in force with a version of its own and perhaps one thing changed."""
    with context.store.reading() as reading:
        pack = context.pack(reading.book.school())
    text = pack_text(context)
    assert f'version = "{pack.version}"' in text
    assert old in text
    return text.replace(f'version = "{pack.version}"', f'version = "{version}"', 1).replace(old, new, 1)


TITLE = ('title = "Monitor"', 'title = "Look closer"')


def test_a_copy_is_checked_adopted_and_in_force_for_whoever_opens_the_school_next(school: SmallSchool) -> None:
    context = school.context
    text = changed(context, "2024-27.own-1", *TITLE)
    found = check_pack(context, text)
    assert found.changes == ("Band “Look closer”: title.",)
    adopt_pack(context, text, "the wording our staff know")
    now = renewed(context)
    with now.store.reading() as reading:
        assert now.pack(reading.book.school()).version == "2024-27.own-1"
    assert pack_text(now) == text
    again = signed_in(context.store, context.rulebook, context.clock)
    assert again.own is not None
    assert next(band for band in again.own.bands if band.key == "monitor").title == "Look closer"
    lines = pack_lines(again)
    assert (lines[0].version, lines[0].in_force) == ("2024-27.own-1", True)
    assert (lines[0].reason, lines[0].by, lines[-1].entry) == ("the wording our staff know", "Dr A Rahman", 0)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "[level.stay]\nvalue = 1\n",
            "[level.stay]\nvalue = 2\n",
            "Level “Level 2 · early intervention”: longest",
        ),
        ('key = "bereavement"\ntitle = "Ber', 'key = "bereavement"\ntitle = "A ber', "Pause “A bereavement”: title."),
        ("[level.step.stay]\nvalue = 6\n", "[level.step.stay]\nvalue = 8\n", "Step “School action and support”: longe"),
    ],
)
def test_a_change_of_the_longest_stay_or_of_a_pause_is_told(school: SmallSchool, old: str, new: str, says: str) -> None:
    (told,) = check_pack(school.context, changed(school.context, "2024-27.own-2", old, new)).changes
    assert told.startswith(says)


def test_every_version_is_found_for_the_case_that_was_opened_under_it(school: SmallSchool) -> None:
    context = school.context
    with context.store.reading() as reading:
        shipped = context.pack(reading.book.school()).version
    for number in (1, 2):
        adopt_pack(context, changed(context, f"own-{number}"), "tried")
        context = renewed(context)
    with context.store.reading() as reading:
        for version in (shipped, "own-1", "own-2"):
            found = pack_of(context, reading, "knowsley", version)
            assert found is not None
            assert found.version == version
        assert pack_of(context, reading, "knowsley", "2019") is None


def test_given_up_the_shipped_pack_holds_again_and_the_own_stays_readable(school: SmallSchool) -> None:
    adopt_pack(school.context, changed(school.context, "own-1", *TITLE), "tried")
    context = renewed(school.context)
    drop_packs(context, "the authority has a new handbook")
    now = renewed(context)
    assert now.own is None
    lines = pack_lines(now)
    assert [line.in_force for line in lines] == [False, True]
    assert "the authority has a new handbook" in lines[0].reason
    assert "Look closer" in pack_text(now, lines[0].entry)
    with pytest.raises(Refused, match="shipped already"):
        drop_packs(now, "again")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("at_most = 90\n", "at_most = 89\n", "knowsley.toml: band"),
        ("at_least = 95\n", "at_least = 94\n", "knowsley.toml: band"),
        ('title = "Monitor"', 'titel = "Monitor"', "titel: is not a key that stands here"),
        ('key = "knowsley"', 'key = "elsewhere"', "The key stays as it is"),
        ("attended = 380", "attended = 190", "example[1]: 190 of 380 sessions come out in the band “severe”"),
        ('source = "knowsley"', 'source = "hearsay"', "“hearsay” is not one of [sources]"),
        ("\n[sources]", "\n[sources", "cannot be read"),
        ('outcomes = "completed"', 'outcomes = "complete"', "never says “complete”; it says"),
        ("review]\nvalue = 3\n", "review]\nvalue = 99999999\n", "must be 53 weeks at most"),
    ],
)
def test_what_is_wrong_is_refused_by_its_place_and_nothing_is_kept(
    school: SmallSchool, old: str, new: str, says: str
) -> None:
    text = changed(school.context, "own-1", old, new)
    with pytest.raises(Refused) as refused:
        adopt_pack(school.context, text, "tried")
    assert says in str(refused.value)
    assert renewed(school.context).own is None
    assert len(pack_lines(school.context)) == 1


def test_a_version_is_used_once_and_a_change_says_why(school: SmallSchool) -> None:
    with pytest.raises(Refused, match="used already"):
        check_pack(school.context, pack_text(school.context))
    with pytest.raises(Refused, match="Say why"):
        adopt_pack(school.context, changed(school.context, "own-1"), "  ")
    with pytest.raises(Refused, match="500,000"):
        check_pack(school.context, "#" * 500_001)


def test_the_office_reads_a_pack_and_does_not_change_it(school: SmallSchool) -> None:
    office = replace(school.context, staff=replace(school.context.staff, role=Role.OFFICE), alone=False)
    assert pack_text(office)
    with pytest.raises(NotAllowed):
        adopt_pack(office, changed(office, "own-1"), "tried")

"""The casework of a pack is read whole; every slip in it is refused by file, key and reason."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop_app import paths
from desktop_app.domain.errors import Damaged
from desktop_app.rulebook import load

KNOWSLEY, SEFTON, HALTON = "knowsley.toml", "sefton.toml", "halton.toml"

NEXT = 'next = "level-2.check; level-2.provider; level-2.own; '
AIM = 'step = "level-2.aim"\nentered = 2026-11-23\n'
STAY = "[level.stay]\nvalue = 1\n"


def spoilt(root: Path, name: str, old: str, new: str) -> Path:
    for folder in ("national", "authorities", "casework"):
        shutil.copytree(paths.resources() / folder, root / folder)
    file = root / "authorities" / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        (KNOWSLEY, 'opens = "level-one"', 'opens = "level-nil"', "step[1].opens: there is no trigger “level-nil”"),
        (KNOWSLEY, 'next = "level-1.early-help"', 'next = "level-1.help"', "leads to “level-1.help”, which is not"),
        (KNOWSLEY, 'after = "level-1.school"', 'after = "school"', "leads to “school”, which is not there"),
        (KNOWSLEY, 'then = "level-1.early-help"', 'then = "nowhere"', "leads to “nowhere”, which is not there"),
        (
            KNOWSLEY,
            'then = "level-3.step-up"',
            'then = "level-2.aim"',
            "level[2].stay.then: must lead out of the level",
        ),
        (KNOWSLEY, 'then = "level-3.step-up"', 'then = "level-3.up"', "level level-2 leads to “level-3.up”, which is"),
        (KNOWSLEY, 'next = "level-1.early-help"', 'next = "level-1.school"', "next: a step neither leads to itself"),
        (KNOWSLEY, NEXT, NEXT.replace("; ", ";"), "next: its parts must be divided by one semicolon and one space"),
        (KNOWSLEY, NEXT, NEXT + "level-2.own; ", "next: a part of it stands there twice"),
        (KNOWSLEY, NEXT, 'next = "level-2.check; level-2.provider; ', "leads to level-2.own in a school with the"),
        (KNOWSLEY, 'services = "la"', 'services = "loan"', "services: there is no kind of service “loan”"),
        (
            KNOWSLEY,
            'key = "early-help"\ntitle = "Early Help A',
            'key = "school"\ntitle = "Early Help A',
            "“school” stan",
        ),
        (
            KNOWSLEY,
            'key = "letters"\ntitle = "Letter to',
            'key = "calls"\ntitle = "Letter to',
            "“calls” stands there tw",
        ),
        (KNOWSLEY, 'what = "Only where consent', 'whut = "Only where consent', "whut: is not a key that stands here"),
        (KNOWSLEY, 'meeting = "taf"', 'meeting = "tea"', "review.meeting: there is no meeting “tea”"),
        (
            KNOWSLEY,
            'kind = "support"\nmust',
            'kind = "support"\nmeeting = "taf"\nmust',
            "only an entry of the kind “meet",
        ),
        (KNOWSLEY, 'kind = "support"\nmust', 'kind = "succour"\nmust', "kind: there is no kind of entry “succour”"),
        (KNOWSLEY, "each_parent = true", 'each_parent = "yes"', "each_parent: must be true or false"),
        (KNOWSLEY, 'flags = "ehcp"', 'flags = "tall"', "flags: there is no flag “tall”"),
        (KNOWSLEY, 'unit = "half-terms"', 'unit = "fortnights"', "unit: “fortnights” is none of days, school-days"),
        (KNOWSLEY, STAY, STAY.replace("1", "0"), "stay.value: must be 1 or more"),
        (KNOWSLEY, STAY, STAY.replace("1", "99999999"), "stay.value: must be 18 half-terms at most"),
        (KNOWSLEY, "review]\nvalue = 3\n", "review]\nvalue = 99999999\n", "review.value: must be 53 weeks at most"),
        (KNOWSLEY, "longest]\nvalue = 6\n", "longest]\nvalue = 54\n", "longest.value: must be 53 weeks at most"),
        (HALTON, "within]\nvalue = 10\n", "within]\nvalue = 196\n", "within.value: must be 195 school-days at most"),
        (HALTON, "weeks = 6\ncheck_first", "weeks = 9\ncheck_first", "improvement.weeks: must be 3 to 6"),
        (HALTON, "weeks = 6\ncheck_first", "weeks = 2\ncheck_first", "improvement.weeks: must be 3 to 6"),
        (HALTON, "weeks = 12\n", "weeks = 999999\n", "contract.weeks: must be 1 to 53"),
        (
            HALTON,
            'kind = "la-referral"\nmust = true\noutcomes',
            "must = true\noutcomes",
            "outcomes: only an ask with a kind",
        ),
        (KNOWSLEY, STAY, STAY + 'until = "Friday"\n', "stay.until: is not a key that stands here"),
        (KNOWSLEY, 'record = "siblings"', 'record = "cousins"', "record: “cousins” is none of today, school"),
        (KNOWSLEY, 'title = "MASH has assessed"', 'title = "MASH"\nby = "them"', "by: is not a key that stands here"),
        (KNOWSLEY, 'phone = "0151 443 5118"', 'fax = "0151 443 5118"', "contact[1].fax: is not a key that stands here"),
        (KNOWSLEY, 'who = "home"', 'who = "nobody"', "border[1].who: “nobody” is none of school, home, both"),
        (KNOWSLEY, 'issuer = "ask"', 'issuer = "court"', "improvement.issuer: “court” is none of school, la, ask"),
        (KNOWSLEY, 'referral = "penalty-notice"', 'referral = "fine"', "penalty.referral: there is no referral “fine”"),
        (KNOWSLEY, AIM, AIM.replace("aim", "aims"), "step_example[8]: there is no step “level-2.aims”"),
        (KNOWSLEY, AIM, AIM.replace("11-23", "10-30"), "step_example[8]: it must begin in one of the half terms"),
        (KNOWSLEY, AIM + "review = 2026-12-14\n", AIM, "step_example[8]: the day of the review must be there"),
        (KNOWSLEY, AIM + "review", AIM + "reviewed", "step_example[8].reviewed: is not a key that stands here"),
        (
            KNOWSLEY,
            "review = 2026-11-20\n",
            "review = 2026-11-20\nends = 2026-12-18\n",
            "the last day must be there whe",
        ),
        (KNOWSLEY, "first = 2026-11-02\n", "first = 2026-10-23\n", "first: must come after the half term before"),
        (KNOWSLEY, "last = 2026-12-18\n", "last = 2026-11-01\n", "last: is before the first day"),
        (
            KNOWSLEY,
            'source = "choice: the handbook',
            'source = "chance: the handbook',
            "“chance” is not one of [sources]",
        ),
        (SEFTON, 'not_while = "severe"', 'not_while = "low"', "close.not_while: “low” is none of persistent, severe"),
        (
            SEFTON,
            'flags = "child-in-need child-protection"',
            'flags = "child-in-need, tall"',
            "is not how it is written",
        ),
        (SEFTON, "[close]", "[closed]", "closed: is not a key that stands here"),
        (SEFTON, "[[form.field]]", "[[form.fields]]", "form[1].fields: is not a key that stands here"),
        (SEFTON, 'takes = "Each band', 'means = "Each band', "choice[1].means: is not a key that stands here"),
    ],
)
def test_a_slip_in_casework_is_named_by_file_key_and_reason(
    tmp_path: Path, name: str, old: str, new: str, says: str
) -> None:
    root = spoilt(tmp_path, name, old, new)
    with pytest.raises(Damaged) as refused:
        dict(load(root).packs)
    assert str(refused.value).startswith(name)
    assert says in str(refused.value)


def test_a_form_without_a_field_is_refused(tmp_path: Path) -> None:
    bare = '[[form]]\nkey = "bare"\ntitle = "Bare"\nsource = "choice: a slip"\n\n[[form]]\nkey = "attendance-plan"'
    root = spoilt(tmp_path, SEFTON, '[[form]]\nkey = "attendance-plan"', bare)
    with pytest.raises(Damaged, match=r"form\[1\].field: there is none"):
        dict(load(root).packs)

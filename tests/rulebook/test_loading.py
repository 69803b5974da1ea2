"""The rulebook as shipped loads; every slip of the pen in it is refused by file, key and reason."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop_app import paths
from desktop_app.domain.errors import Damaged
from desktop_app.domain.rulebook import Rulebook
from desktop_app.rulebook import load

LAW = "national/2024-08-19.toml"
SEFTON = "authorities/sefton.toml"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The shipped resources, free to be spoilt."""
    for folder in ("national", "authorities", "casework"):
        shutil.copytree(paths.resources() / folder, tmp_path / folder)
    return tmp_path


def test_the_law_as_shipped(rulebook: Rulebook) -> None:
    assert (rulebook.persistent.times, rulebook.severe.times) == (10, 2)
    assert (rulebook.register_open.value, rulebook.settle_n.value) == (30, 5)
    assert "SI 2024/208" in rulebook.source
    assert "SI 2024/208" in rulebook.settle_n.source


def test_a_source_names_the_document_and_the_place_in_it(rulebook: Rulebook) -> None:
    assert rulebook.codes["L"].source == (
        "School Attendance (Pupil Registration) (England) Regulations 2024 (SI 2024/208), regulation 10(2)"
    )


def spoil(root: Path, name: str, old: str, new: str) -> None:
    file = root / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        (LAW, 'key = "L"', 'key = "/"', "code[3].key: “/” stands there twice"),
        (LAW, 'counts = "present"', 'counts = "here"', "code[1].counts: “here” is none of present, approved-activity"),
        (LAW, 'half = "AM"\n', "", "code: there must be one present mark for the morning and one for the afternoon"),
        (LAW, 'half = "AM"', 'half = "NOON"', "code[1].half: “NOON” is none of AM, PM"),
        (LAW, 'title = "Illness"\n', "", "title: is missing"),
        (LAW, 'title = "Illness"', 'title = ""', "title: is empty"),
        (LAW, 'title = "Illness"', "title = 3", "title: must be text"),
        (LAW, "late = true", 'late = "yes"', "late: must be true or false"),
        (LAW, "first = 2024-08-19", 'first = "2024-08-19"', "first: must be a date"),
        (LAW, "needs_note = true", "need_note = true", "need_note: is not a key that stands here"),
        (LAW, "times = 10", "times = true", "persistent.times: must be a whole number"),
        (LAW, "times = 10", "times = -1", "persistent.times: is below 0"),
        (LAW, "[limits.settle_n]", "[limits.settle_m]", "limits.settle_m: is not a key that stands here"),
        (LAW, "last = 2024-08-18\n", "last = 2024-08-18\nfirst = 2025-01-01\n", "last: is before the first day"),
        (LAW, 'instead = "Use J1', 'insteed = "Use J1', "insteed: is not a key"),
        (LAW, 'instead = "Use J1, which counts as authorised absence."\n', "", "instead: is missing: say what to use"),
        (LAW, '"wt: codes, code D"', '"wr: codes, code D"', "source: “wr” is not one of [sources]"),
        (LAW, "\n[sources]", "\n[source_list]", "sources: is missing"),
        (LAW, 'title = "Present, morning"', "title = Present", "cannot be read: Invalid value"),
        (SEFTON, 'key = "sefton"', 'key = "bootle"', "key: must be the name of the file"),
        (SEFTON, 'title = "Excellent"', 'title = "Excellent indeed"', "title: is longer than the 12 letters of a chip"),
        (SEFTON, "at_least = 96", "at_least = 95", "band[2]: must begin exactly where the one before it ends"),
        (SEFTON, "at_least = 96", "above = 96", "band[2]: must begin exactly where the one before it ends"),
        (SEFTON, "at_least = 96", "", "band[1].at_least: exactly one of at_least and above"),
        (SEFTON, "at_most = 100", "at_most = 100\nbelow = 100", "band[1].at_most: exactly one of at_most and below"),
        (SEFTON, "at_most = 100", "at_most = 101", "band[1].at_most: must be a percentage from 0 to 100"),
        (SEFTON, "at_most = 100", 'at_most = "100"', "band[1].at_most: must be a percentage from 0 to 100"),
        (SEFTON, "at_most = 100", "at_most = 99", "band: the first must reach 100 and the last 0"),
        (SEFTON, "shape = 1", "shape = 2", "band: the shapes of 5 bands"),
        (SEFTON, "parents; certificate", "parents; diploma", "referral[1].parts: “diploma” is none of"),
        (SEFTON, "parents; certificate", "parents; parents", "referral[1].parts: a part stands there twice"),
        (
            SEFTON,
            'checks = "threshold; ',
            'checks = "treshold; ',
            "referral[1].checks: there is no [[check]] “treshold”",
        ),
        (SEFTON, 'key = "letters"\n', 'key = "letters-x"\n', "checks: there is no [[check]] “letters”"),
        (SEFTON, 'key = "letters"\n', 'key = "threshold"\n', "check: a key stands there twice"),
        (SEFTON, "; school-panel; ", "; ", "check: no referral asks for “school-panel”"),
        (
            SEFTON,
            'beside = "prosecution-sheet"',
            'beside = "sheet"',
            "“prosecution” goes with “sheet”, which is no other",
        ),
        (SEFTON, "per_parent = true\n", "", "“prosecution” is for the court, and so made per parent"),
        (SEFTON, 'rule = "contacts-checked"', 'rule = "contacts"', ".rule: “contacts” is none of"),
        (SEFTON, 'months = "6"', 'months = "six"', "params.months: “six” is not how it is written"),
        (SEFTON, 'months = "6"', "months = 6", "params.months: must be text"),
        (SEFTON, 'kinds = "letter"', 'kinds = "pigeon"', "params.kinds: “pigeon” is not how it is written"),
        (SEFTON, 'each-parent = "yes"', 'each-parent = "all"', "params.each-parent: “all” is not how"),
        (SEFTON, 'each-parent = "yes"\n', "", "params.each-parent: is missing"),
        (SEFTON, 'rule = "no-n-or-gaps"', 'rule = "no-n-or-gaps"\nparams = {}', "params: this rule has no settings"),
        (SEFTON, 'part = "referral-sheet"', 'part = "siblings"', "part: the referral has no part “siblings”"),
        (SEFTON, 'band = "excellent"', 'band = "superb"', "example[1].band: there is no band “superb”"),
        (SEFTON, "[[level]]", "[level]", "cannot be read"),
    ],
)
def test_a_slip_is_named_by_file_key_and_reason(copied: Path, name: str, old: str, new: str, says: str) -> None:
    spoil(copied, name, old, new)
    with pytest.raises(Damaged) as refused:
        dict(load(copied).packs)
    assert str(refused.value).startswith(Path(name).name)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        (LAW, "There is no rulebook"),
        ("authorities/england.toml", "there is no england.toml"),
    ],
)
def test_a_missing_file_is_named(copied: Path, name: str, says: str) -> None:
    (copied / name).unlink()
    with pytest.raises(Damaged, match=says):
        dict(load(copied).packs)


@pytest.mark.parametrize("bytes_", [b"\xff\xfe\x00", b"key = \x00", b"", b"sources = 3"])
@pytest.mark.parametrize("name", [LAW, SEFTON])
def test_bytes_that_are_no_such_file_are_refused(copied: Path, name: str, bytes_: bytes) -> None:
    (copied / name).write_bytes(bytes_)
    with pytest.raises(Damaged, match=Path(name).name):
        dict(load(copied).packs)


def test_the_newest_national_file_is_read(copied: Path) -> None:
    newer = (copied / LAW).read_text(encoding="utf-8").replace("value = 30", "value = 20")
    (copied / "national" / "2027-09-01.toml").write_text(newer, encoding="utf-8")
    assert load(copied).register_open.value == 20


def test_a_pack_of_ones_own_is_found_by_its_file(copied: Path) -> None:
    text = (copied / SEFTON).read_text(encoding="utf-8").replace('key = "sefton"', 'key = "wirral"', 1)
    (copied / "authorities" / "wirral.toml").write_text(text, encoding="utf-8")
    assert set(load(copied).packs) == {"england", "halton", "knowsley", "sefton", "windsor-maidenhead", "wirral"}

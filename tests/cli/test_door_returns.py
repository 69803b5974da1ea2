"""`returns` at the headless door: the list, the files, what is due, and that one was sent."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from desktop_app.domain.returns import ReturnKind
from tests.cli.conftest import Run
from tests.support.clock import StillClock
from tests.support.returns import excluded, with_absences
from tests.support.schools import SmallSchool

UPN = "A340200122001"


@pytest.fixture
def door(school: SmallSchool, clock: StillClock) -> Path:
    """The file of a school with children on returns, closed."""
    clock.set(2026, 11, 20, 16, 0)
    excluded(with_absences(school))
    school.context.store.close()
    return school.path


def test_the_list_writes_nothing(door: Path, run: Run) -> None:
    before = door.read_bytes()
    ran = run("--store", door, "returns", "--kind", "attendance", "--month", "2026-11")
    assert ran.code == 0, ran.errors
    (line,) = ran.value["lines"]
    assert (line["upn"], line["due"], line["told"], line["overdue"]) == (UPN, "2026-11-30", None, False)
    assert line["why"].startswith("15 school days in a row coded O")
    assert "regulation 13" in line["source"]
    assert line["sessions"][0] == {"date": "2026-11-02", "half": "AM", "code": "O"}
    assert line["authorities"] == ["Knowsley Council"]
    assert door.read_bytes() == before
    for kind in ReturnKind:
        assert run("--store", door, "returns", "--kind", kind).code == 0


@pytest.mark.parametrize("ending", ["xlsx", "pdf"])
def test_it_is_made_where_it_is_asked_for(door: Path, run: Run, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"november.{ending}"
    ran = run("--store", door, "returns", "--kind", "attendance", "--month", "2026-11", "--out", out)
    assert ran.code == 0, ran.errors
    assert ran.value["path"] == str(out)
    assert ran.value["sha256"] == sha256(out.read_bytes()).hexdigest()
    assert [one["upn"] for one in ran.value["lines"]] == [UPN]
    if ending == "xlsx":
        assert "Abara, Tobi" in {cell.value for row in load_workbook(out)["Children"] for cell in row}
    else:
        assert UPN in PdfReader(out).pages[0].extract_text()
    (made,) = run("--store", door, "returns", "made").value
    assert (made["id"], made["sent"]) == (ran.value["id"], None)
    assert ran.value["sha256"] in {one["sha256"] for one in made["files"]}
    sent = run("--store", door, "returns", "sent", "--id", made["id"], "--how", "portal", "--reference", "K1")
    assert sent.code == 0, sent.errors
    assert (sent.value["sent"], sent.value["how"], sent.value["reference"]) == ("2026-11-20", "portal", "K1")
    (line,) = run("--store", door, "returns", "--kind", "attendance").value["lines"]
    assert line["told"] == "2026-11-20"
    assert not [one for one in run("--store", door, "returns", "due").value if one["kind"] == "attendance"]


def test_two_authorities_two_files(door: Path, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    ran = run("--store", door, "returns", "--kind", "suspension", "--out", out)
    assert ran.code == 0, ran.errors
    assert [one["authority"] for one in ran.value["files"]] == ["Knowsley Council", "Sefton"]
    assert (tmp_path / "out Sefton.xlsx").exists()
    assert [one["authority"] for one in ran.value["lines"]] == ["Knowsley Council", "Knowsley Council", "Sefton"]


def test_left_out_and_added(door: Path, run: Run, tmp_path: Path) -> None:
    ran = run(
        *("--store", door, "returns", "--kind", "attendance", "--out", tmp_path / "a.xlsx"),
        *("--leave-out", f"{UPN}=told by telephone", "--add", "00006=agreed with the officer"),
    )
    assert ran.code == 0, ran.errors
    assert [(one["name"], one["by_hand"]) for one in ran.value["lines"]] == [("Çağla Kaya", True)]
    (made,) = run("--store", door, "returns", "made").value
    assert [one["reason"] for one in made["left_out"]] == ["told by telephone"]


@pytest.mark.parametrize(("asked", "words"), [
    (("returns",), "Say which return"),
    (("returns", "--kind", "lateness"), "is not one of"),
    (("returns", "--kind", "attendance", "--month", "November"), "is not a month"),
    (("returns", "--kind", "attendance", "--month", "2026-12"), "still to come"),
    (("returns", "--kind", "attendance", "--add", "00006=agreed"), "go with --out"),
    (("returns", "--kind", "attendance", "--out", "a.docx"), "neither"),
    (("returns", "--kind", "attendance", "--out", "OUT.xlsx", "--leave-out", "00006=no"), "is not on the list"),
    (("returns", "--kind", "attendance", "--out", "OUT.xlsx", "--leave-out", f"{UPN}= "), "Say why Tobi Abara"),
    (("returns", "--kind", "attendance", "--out", "OUT.xlsx", "--add", "00001=x"), "on the list already"),
    (("returns", "--kind", "new-pupil", "--out", "OUT.xlsx"), "nobody to report"),
    (("returns", "sent", "--how", "portal"), "Say which return was sent"),
    (("returns", "sent", "--id", "7", "--how", "portal"), "no return that was made"),
    (("returns", "due", "--kind", "attendance"), "does not go with"),
    (("returns", "--kind", "attendance", "--how", "portal"), "go with: returns sent"),
])  # fmt: skip
def test_refused_in_words_and_nothing_is_changed(
    door: Path, run: Run, tmp_path: Path, asked: tuple[str, ...], words: str
) -> None:
    head = run("--store", door, "check").value["chain_head"]
    ran = run("--store", door, *(str(tmp_path / one) if one == "OUT.xlsx" else one for one in asked))
    assert ran.code == 2, json.dumps(ran.value)
    assert words in ran.value["error"]
    assert run("--store", door, "check").value["chain_head"] == head
    assert not [*tmp_path.glob("OUT*")]

"""The headless door: every command, its keys and its exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.domain.rulebook import Rulebook
from tests.cli.conftest import Run
from tests.support.clock import StillClock
from tests.support.schools import PASSWORD, SmallSchool

ROOT = Path(__file__).resolve().parents[2]
CALENDAR = """kind,name,start,end
term,autumn term,2026-09-02,2026-12-18
holiday,half term,2026-10-26,2026-10-30
"""
PUPILS = """UPN,Admission Number,Surname,Forename,Date of Birth,Sex,Year Group,Class,Admission Date,Contact 1 Name,\
Contact 1 Relationship,Contact 1 Phone
,00001,Doyle,Ryan,14/02/2018,M,4,4B,05/09/2022,Karen Doyle,mother,0151 496 0148
,00002,Bielak,Łucja,01/03/2018,F,4,4B,05/09/2022,Ewa Bielak,mother,07700 900111
"""


@pytest.fixture
def store(tmp_path: Path, run: Run) -> Path:
    """A school made through the door, with two pupils."""
    calendar = tmp_path / "calendar.csv"
    calendar.write_text(CALENDAR, encoding="utf-8")
    path = tmp_path / "school.rollbook"
    made = run("--store", path, "new", "--name", "Marsh Lane", "--la", "sefton", "--type", "maintained",
               "--phase", "primary", "--calendar", calendar, "--user", "pat", "--am", "08:45-08:55")  # fmt: skip
    assert made.code == 0, made.value
    assert set(made.value) == {"store", "user", "recovery_key"}
    pupils = tmp_path / "pupils.csv"
    pupils.write_text(PUPILS, encoding="utf-8")
    brought = run("import", "pupils", pupils, "--store", path)
    assert (brought.code, brought.value["added"]) == (0, 2), brought.value
    return path


def _marks(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "marks.csv"
    path.write_text("\n".join(["Admission Number,Date,Session,Code", *rows]) + "\n", encoding="utf-8")
    return path


def test_packs_lists_bands_and_referrals_without_a_store(run: Run, rulebook: Rulebook) -> None:
    answer = run("packs")
    assert answer.code == 0
    assert {pack["key"] for pack in answer.value} == set(rulebook.packs) >= {"england", "sefton", "knowsley"}
    for pack in answer.value:
        assert set(pack) == {"key", "title", "version", "bands", "referrals"}
        assert pack["referrals"]
        for band in pack["bands"]:
            assert len({"at_least", "above"} & set(band)) == 1
            assert len({"at_most", "below"} & set(band)) == 1


def test_mark_says_what_stood_and_whether_it_was_amended(run: Run, store: Path) -> None:
    mark = ("mark", "--store", store, "--pupil", "00001", "--date", "2026-11-19", "--half", "am")
    first = run(*mark, "--code", "n")
    assert first.value == {
        "upn": None, "date": "2026-11-19", "half": "AM", "code": "N", "was": None, "amended": False,
    }  # fmt: skip
    again = run(*mark, "--code", "N")
    assert (again.code, again.value["was"], again.value["amended"]) == (0, "N", False)
    refused = run(*mark, "--code", "O")
    assert refused.code == 2
    assert "closed" in refused.value["error"]
    amended = run(*mark, "--code", "O", "--reason", "no answer to three calls")
    assert (amended.value["was"], amended.value["amended"]) == ("N", True)
    assert run(*mark, "--clear").code == 2
    assert run(*mark, "--code", "L", "--minutes", "5", "--reason", "seen on camera").code == 0
    assert run(*mark, "--code", "I", "--minutes", "5", "--reason", "x").code == 2


def test_clear_is_for_open_registers(run: Run, store: Path) -> None:
    mark = ("mark", "--store", store, "--pupil", "00001", "--date", "2026-11-20", "--half", "AM")
    assert run(*mark, "--code", "/").code == 0
    cleared = run(*mark, "--clear")
    assert (cleared.code, cleared.value["code"], cleared.value["was"]) == (0, None, "/")


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--date", "2026-11-23", "--half", "AM", "--code", "I"), "future"),
        (("--date", "2026-11-21", "--half", "AM", "--code", "I"), "future"),
        (("--date", "2026-11-14", "--half", "AM", "--code", "I"), "Saturday"),
        (("--date", "2026-10-27", "--half", "AM", "--code", "I"), "half term"),
        (("--date", "2026-11-19", "--half", "AM", "--code", "\\"), "afternoon"),
        (("--date", "2026-11-19", "--half", "AM", "--code", "H"), "withdrawn"),
        (("--date", "2026-11-19", "--half", "AM", "--code", "ZZ"), "not an attendance code"),
        (("--date", "2026-11-19", "--half", "AM", "--code", "B"), "needs a note"),
        (("--date", "2026-11-19", "--half", "XM", "--code", "I"), "AM or PM"),
        (("--date", "19/11/2026", "--half", "AM", "--code", "I"), "YYYY-MM-DD"),
        (("--date", "2026-11-19", "--half", "AM"), "required"),
    ],
)
def test_a_mark_that_cannot_stand_is_refused(run: Run, store: Path, more: tuple[str, ...], words: str) -> None:
    before = run("check", "--store", store).value["chain_head"]
    answer = run("mark", "--store", store, "--pupil", "00001", *more)
    assert answer.code == 2
    assert words in answer.value["error"]
    assert run("check", "--store", store).value["chain_head"] == before


def test_log_names_the_contact_case_blind_or_nobody(run: Run, store: Path) -> None:
    log = ("log", "--store", store, "--pupil", "00001", "--kind", "phone-call", "--outcome", "ill")
    answer = run(*log, "--at", "2026-11-19T09:05", "--with", "karen doyle")
    assert answer.code == 0
    assert (answer.value["kind"], answer.value["at"]) == ("phone-call", "2026-11-19T09:05:00")
    assert run(*log, "--at", "2026-11-18").value["at"] == "2026-11-18T23:59:59"
    assert run(*log, "--at", "2026-11-20").value["at"] == "2026-11-20T08:50:00"
    assert run(*log, "--at", "2026-11-20T08:51").code == 2
    stranger = run(*log, "--at", "2026-11-19", "--with", "Ewa Bielak")
    assert stranger.code == 2
    assert "Karen Doyle" in stranger.value["error"]


def test_figures_by_pupil_and_group(run: Run, store: Path, tmp_path: Path) -> None:
    marks = _marks(tmp_path, "00001,2026-11-16,AM,O", "00001,2026-11-16,PM,U", "00002,2026-11-16,AM,/")
    assert run("import", "marks", marks, "--store", store).code == 0
    period = ("--store", store, "--from", "2026-11-16", "--to", "2026-11-17")
    rows = {row["admission_number"]: row for row in run("figures", *period).value}
    doyle = rows["00001"]
    assert set(doyle) == {
        "upn", "admission_number", "name", "class", "year", "possible", "attended", "authorised", "unauthorised",
        "late", "unmarked", "attendance_pct", "band", "persistent", "severe", "codes",
        "too_early", "minutes_late",
    }  # fmt: skip
    assert (doyle["possible"], doyle["unauthorised"], doyle["late"], doyle["unmarked"]) == (2, 2, 1, 2)
    assert (doyle["attendance_pct"], doyle["persistent"], doyle["severe"]) == (0, True, True)
    assert doyle["codes"] == {"O": 1, "U": 1}
    for by in ("class", "year", "school"):
        (group,) = run("figures", *period, "--by", by).value
        assert (group["upn"], group["name"], group["pupils"]) == (None, None, 2)
        assert (group["persistent"], group["severe"], group["possible"]) == (1, 1, 3)
        assert group["attendance_pct"] == pytest.approx(100 / 3, abs=1e-12)


def test_figures_as_at_a_moment(run: Run, store: Path, clock: StillClock) -> None:
    mark = ("mark", "--store", store, "--pupil", "00001", "--date", "2026-11-19", "--half", "AM")
    run(*mark, "--code", "N")
    clock.set(2026, 11, 20, 10, 30)
    run(*mark, "--code", "I", "--reason", "mother rang")
    figures = ("figures", "--store", store, "--from", "2026-11-19", "--to", "2026-11-19")
    codes = [row["codes"] for row in run(*figures, "--as-at", "2026-11-20T08:50").value if row["codes"]]
    assert codes == [{"N": 1}]
    codes = [row["codes"] for row in run(*figures, "--as-at", "2026-11-20").value if row["codes"]]
    assert codes == [{"I": 1}]


def test_a_dry_run_prints_the_same_and_writes_nothing(run: Run, store: Path, tmp_path: Path) -> None:
    marks = _marks(tmp_path, "00001,2026-11-16,AM,O", "00002,2026-11-16,AM,/")
    before = run("check", "--store", store).value
    dry = run("import", "marks", marks, "--store", store, "--dry-run")
    assert run("check", "--store", store).value == before
    real = run("import", "marks", marks, "--store", store)
    assert (dry.code, dry.value) == (real.code, real.value)
    assert run("check", "--store", store).value["marks"] == 2


def test_a_rejected_row_is_named_and_nothing_is_applied(run: Run, store: Path, tmp_path: Path) -> None:
    marks = _marks(tmp_path, "00001,2026-11-16,AM,O", "00009,2026-11-16,AM,/")
    answer = run("import", "marks", marks, "--store", store)
    assert (answer.code, answer.value["rejected_total"]) == (2, 1)
    (rejected,) = answer.value["rejected"]
    assert (rejected["row"], rejected["column"], rejected["value"]) == (3, "Admission Number", "00009")
    assert run("check", "--store", store).value["marks"] == 0


def test_check_tells_whether_a_head_is_still_in_the_chain(run: Run, store: Path) -> None:
    head = run("check", "--store", store).value["chain_head"]
    run("mark", "--store", store, "--pupil", "00001", "--date", "2026-11-19", "--half", "AM", "--code", "I")
    found = run("check", "--store", store, "--head", head)
    assert (found.code, found.value["ok"], found.value["marks"], found.value["history"]) == (0, True, 1, 1)
    unknown = run("check", "--store", store, "--head", "ab" * 32)
    assert (unknown.code, unknown.value["ok"]) == (2, False)


def test_backup_is_a_school_of_its_own(run: Run, store: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.rollbook"
    answer = run("backup", "--store", store, "--out", copy)
    assert (answer.code, answer.value["path"]) == (0, str(copy))
    assert run("check", "--store", copy).value["chain_head"] == answer.value["chain_head"]
    assert run("backup", "--store", store, "--out", copy).code == 2


def test_bundle_prints_what_it_made_and_what_was_missing(run: Run, store: Path, tmp_path: Path) -> None:
    out = tmp_path / "bundle.pdf"
    referrals = {pack["key"]: pack["referrals"] for pack in run("packs").value}
    answer = run(
        "bundle", "--store", store, "--pupil", "00001", "--referral", referrals["sefton"][0]["key"],
        "--on", "2026-11-20", "--out", out,
    )  # fmt: skip
    assert answer.code == 0, answer.value
    assert set(answer.value) == {"path", "sha256", "pages", "reference", "missing"}
    assert out.read_bytes().startswith(b"%PDF")
    assert answer.value["missing"]
    unknown = run("bundle", "--store", store, "--pupil", "00001", "--referral", "nope", "--on", "2026-11-20",
                  "--out", tmp_path / "b.pdf")  # fmt: skip
    assert (unknown.code, (tmp_path / "b.pdf").exists()) == (2, False)


@pytest.mark.parametrize("wrong", [("--user", "nobody"), ()])
def test_a_wrong_user_and_a_wrong_password_get_one_sentence(
    run: Run, store: Path, wrong: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = store.read_bytes()
    if not wrong:
        monkeypatch.setenv("ROLLBOOK_PASSWORD", "not the password at all")
    answer = run("check", "--store", store, *wrong)
    assert (answer.code, answer.value["error"]) == (3, "The user name or the password is not right.")
    assert store.read_bytes() == before


def test_without_a_password_or_a_terminal_the_door_stays_shut(
    run: Run, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ROLLBOOK_PASSWORD")
    answer = run("check", "--store", store)
    assert answer.code == 3
    assert "ROLLBOOK_PASSWORD" in answer.value["error"]


def test_a_school_held_for_writing_can_be_read_and_not_written(run: Run, school: SmallSchool) -> None:
    figures = run("figures", "--store", school.path, "--from", "2026-11-20", "--to", "2026-11-20")
    assert (figures.code, len(figures.value)) == (0, 6)
    answer = run("mark", "--store", school.path, "--pupil", "00001", "--date", "2026-11-20", "--half", "AM",
                 "--code", "/")  # fmt: skip
    assert answer.code == 3
    assert "head" in answer.value["error"]


@pytest.mark.parametrize("content", [b"", b"not a school", b"SQLite format 3\x00" + b"\x00" * 4096])
def test_a_foreign_file_is_refused_and_left_alone(run: Run, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.rollbook"
    path.write_bytes(content)
    answer = run("check", "--store", path)
    assert answer.code == 2, answer.value
    assert path.read_bytes() == content
    assert run("check", "--store", tmp_path / "missing.rollbook").code == 2


@pytest.mark.parametrize("argv", [(), ("nonsense",), ("check",), ("figures", "--from", "2026-01-01")])
def test_bad_usage_is_one_sentence_and_code_2(run: Run, argv: tuple[str, ...]) -> None:
    answer = run(*argv)
    assert answer.code == 2
    assert set(answer.value) == {"error"}
    assert answer.errors.strip() == answer.value["error"]


def test_targets_that_exist_are_refused(run: Run, store: Path, tmp_path: Path) -> None:
    before = store.read_bytes()
    assert run("demo", "--out", store, "--pupils", "7", "--years", "1").code == 2
    made = run("--store", store, "new", "--name", "x", "--la", "sefton", "--type", "maintained", "--phase", "primary",
               "--calendar", tmp_path / "calendar.csv")  # fmt: skip
    assert made.code == 2
    assert store.read_bytes() == before


def test_demo_is_the_same_for_the_same_seed_and_day(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROLLBOOK_PASSWORD", "demo")
    told = []
    for name in ("one", "two"):
        path = tmp_path / f"{name}.rollbook"
        made = run("demo", "--out", path, "--pupils", "21", "--years", "1", "--seed", "7", "--today", "2026-11-20")
        assert made.code == 0, made.value
        assert set(made.value) == {"store", "pupils", "marks", "from", "to", "cases"}
        rows = run("figures", "--store", path, "--from", "2026-09-01", "--to", "2026-11-20").value
        told.append((made.value["marks"], made.value["cases"], rows))
    assert told[0] == told[1]


def test_the_real_program_prints_utf8_and_loads_no_qt(school: SmallSchool, tmp_path: Path) -> None:
    school.context.store.close()
    environment = {**os.environ, "ROLLBOOK_PASSWORD": PASSWORD, "PYTHONIOENCODING": "cp1252"}
    script = (
        "import sys; from desktop_app.__main__ import main; "
        "code = main(sys.argv[1:]); assert not any(m.startswith('PySide6') for m in sys.modules); sys.exit(code)"
    )
    words = ["figures", "--store", str(school.path), "--from", "2026-11-16", "--to", "2026-11-20"]
    command = [sys.executable, "-c", script, *words]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    rows = json.loads(done.stdout.decode("utf-8"))
    assert "Łucja Bielak" in [row["name"] for row in rows]
    assert not done.stderr


def test_log_takes_the_form_of_the_kind_and_files(run: Run, store: Path, tmp_path: Path) -> None:
    card = tmp_path / "card.pdf"
    card.write_bytes(b"%PDF-1.7 appointment card %%EOF")
    said = ("log", "--store", store, "--pupil", "00001", "--at", "2026-11-19T09:00", "--outcome", "seen")
    kept = run(*said, "--kind", "medical-evidence", "--set", "what=appointment card", "--attach", card)
    assert (kept.code, kept.value.get("kind")) == (0, "medical-evidence"), kept.value
    for more, says in (
        (("--kind", "medical-evidence"), "What it was is missing"),
        (("--kind", "medical-evidence", "--set", "what"), "--set FIELD=VALUE"),
        (("--kind", "penalty-notice"), "not by hand"),
        (("--kind", "phone-call", "--attach", tmp_path / "gone.pdf"), "cannot be read"),
    ):
        refused = run(*said, *more)
        assert refused.code == 2
        assert says in refused.value["error"]

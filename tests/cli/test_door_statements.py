"""`statement`, `statements` and `sign` at the headless door."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from pypdf import PdfReader
from reportlab.pdfgen.canvas import Canvas

from tests.cli.conftest import Run
from tests.support.clock import StillClock
from tests.support.referrals import tell_story
from tests.support.schools import SmallSchool

UPN = "H801200001001"


@pytest.fixture
def at(school: SmallSchool, clock: StillClock) -> tuple[str, ...]:
    clock.set(2026, 11, 20, 16, 5)
    tell_story(school)
    school.context.store.close()
    return ("--store", str(school.path))


def scan(path: Path) -> Path:
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842), invariant=1)
    canvas.drawString(60, 400, "SIGNED-BY-HAND")
    canvas.showPage()
    canvas.save()
    path.write_bytes(stream.getvalue())
    return path


def test_a_statement_is_drafted_for_one_of_those_who_could_give_it(
    at: tuple[str, ...], run: Run, tmp_path: Path
) -> None:
    asked = ("--pupil", UPN, "--referral", "statutory-referral", "--on", "2026-11-20")
    found = run("statements", *at, *asked)
    assert found.code == 0, found.errors
    name = found.value[0]["name"]
    assert found.value[0]["entries"] > 0
    target = tmp_path / "statement.docx"
    made = run("statement", *at, *asked, "--witness", name, "--out", target)
    assert made.code == 0, made.errors
    assert made.value["witness"] == name
    with ZipFile(target) as file:
        words = file.read("word/document.xml").decode()
    assert "true to the best of my knowledge and belief" in words
    assert "SEALED" not in words
    stranger = run("statement", *at, *asked, "--witness", "Mr N Obody", "--out", tmp_path / "b.docx")
    assert stranger.code == 2
    assert name in stranger.value["error"]
    assert not (tmp_path / "b.docx").exists()
    assert run("statement", *at, "--out", tmp_path / "c.docx").code == 2


def test_a_signed_certificate_is_kept_and_stands_in_the_bundle(
    at: tuple[str, ...], run: Run, tmp_path: Path
) -> None:  # fmt: skip
    days = ("--pupil", UPN, "--from", "2026-09-01", "--to", "2026-11-20")
    kept = run("sign", *at, *days, "--of", "certificate", "--file", scan(tmp_path / "signed.pdf"))
    assert kept.code == 0, kept.errors
    assert kept.value["stands"] is True
    target = tmp_path / "bundle.pdf"
    bundle = run("bundle", *at, *days, "--referral", "statutory-referral", "--on", "2026-11-20", "--out", target)
    assert bundle.code == 0, bundle.errors
    said = "\n".join(page.extract_text() for page in PdfReader(target).pages)
    assert "SIGNED-BY-HAND" in said
    assert run("verify", *at, target).value["state"] == "unchanged"
    bad = run("sign", *at, *days, "--of", "certificate", "--file", tmp_path / "none.pdf")
    assert bad.code == 2
    assert run("sign", *at, *days, "--of", "signature", "--file", target).code == 2


def test_sessions_relied_on_are_asked_for_one_by_one(at: tuple[str, ...], run: Run, tmp_path: Path) -> None:
    asked = ("--pupil", UPN, "--referral", "statutory-referral", "--on", "2026-11-20")
    target = tmp_path / "bundle.pdf"
    made = run("bundle", *at, *asked, "--offence", "2026-09-14 AM", "--offence", "2026-09-14 PM", "--out", target)
    assert made.code == 0, made.errors
    said = "\n".join(page.extract_text() for page in PdfReader(target).pages)
    assert "2 sessions relied on, of" in said
    assert run("bundle", *at, *asked, "--offence", "2026-09-14 noon", "--out", tmp_path / "b.pdf").code == 2

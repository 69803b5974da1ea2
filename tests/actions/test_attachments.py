"""Files kept with entries: all or none, byte for byte, only for those who may read, and noticed where they changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import pytest

from desktop_app.actions.attachments import attach_files, attachments_of, files_kept, open_attachment
from desktop_app.actions.log import log, withdraw
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import NotAllowed, Refused
from desktop_app.domain.staff import Role
from tests.support.schools import SmallSchool

LETTER = b"%PDF-1.7\nfrom the surgery\n%%EOF"


@pytest.fixture
def entry(school: SmallSchool) -> int:
    said = NewEntry(
        EntryKind.PHONE_CALL,
        datetime(2026, 11, 19, 9, 0),
        (school.pupils["Doyle"],),
        "mother sends the surgery’s letter",
    )
    return log(school.context, said)[0]


def file(folder: Path, name: str, content: bytes = LETTER) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_files_are_kept_byte_for_byte_and_opened_again(school: SmallSchool, entry: int, tmp_path: Path) -> None:
    scan = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) + b"IEND"
    kept, changes = attach_files(
        school.context, entry, [file(tmp_path, "letter.pdf"), file(tmp_path, "Łucja.png", scan)]
    )
    assert changes.entries
    found = attachments_of(school.context, school.pupils["Doyle"])[entry]
    assert [(one.id, one.shown_name, one.size) for one in found] == [
        (kept[0], "letter.pdf", len(LETTER)),
        (kept[1], "Łucja.png", len(scan)),
    ]
    opened = open_attachment(school.context, kept[1])
    assert opened.content == scan
    assert opened.attachment.sha256 == sha256(scan).hexdigest()


def test_one_that_cannot_be_kept_keeps_all_out(school: SmallSchool, entry: int, tmp_path: Path) -> None:
    good, bad = file(tmp_path, "letter.pdf"), file(tmp_path, "run.pdf", b"MZ\x90")
    with pytest.raises(Refused, match="program"):
        attach_files(school.context, entry, [good, bad])
    with pytest.raises(Refused, match="cannot be read"):
        attach_files(school.context, entry, [good, tmp_path / "gone.pdf"])
    with pytest.raises(Refused, match="more than the 20"):
        attach_files(school.context, entry, [good] * 21)
    with pytest.raises(Refused, match="Choose a file"):
        attach_files(school.context, entry, [])
    assert attachments_of(school.context, school.pupils["Doyle"]) == {}


def test_a_huge_file_is_refused_before_it_is_read(school: SmallSchool, entry: int, tmp_path: Path) -> None:
    path = tmp_path / "film.pdf"
    with path.open("wb") as out:
        out.truncate(12 * files_kept().largest)
    with pytest.raises(Refused, match="300 MB"):
        attach_files(school.context, entry, [path])


def test_the_same_name_comes_once_with_an_entry(school: SmallSchool, entry: int, tmp_path: Path) -> None:
    attach_files(school.context, entry, [file(tmp_path, "letter.pdf")])
    other = tmp_path / "other"
    other.mkdir()
    with pytest.raises(Refused, match="already"):
        attach_files(school.context, entry, [file(other, "LETTER.pdf")])


def test_nothing_is_added_to_what_was_withdrawn_or_is_not_there(
    school: SmallSchool, entry: int, tmp_path: Path
) -> None:
    path = file(tmp_path, "letter.pdf")
    withdraw(school.context, entry, "wrong child")
    with pytest.raises(Refused, match="withdrawn"):
        attach_files(school.context, entry, [path])
    with pytest.raises(Refused, match="not in the chronology"):
        attach_files(school.context, 9999, [path])


def test_a_file_of_a_restricted_note_is_as_though_not_there(school: SmallSchool, tmp_path: Path) -> None:
    ryan = school.pupils["Doyle"]
    note = NewEntry(EntryKind.NOTE, datetime(2026, 11, 19, 9, 0), (ryan,), "for few", restricted=True)
    with school.context.store.writing(school.context.deed("log")) as writing:
        entry = writing.entries.add(note)
        kept = writing.entries.attach(entry, "letter.pdf", "application/pdf", LETTER)
    assert attachments_of(school.context, ryan) == {}
    for said in (kept, kept + 1):
        with pytest.raises(Refused, match="not in the chronology"):
            open_attachment(school.context, said)


def test_who_reads_no_log_opens_no_file(school: SmallSchool, entry: int, tmp_path: Path) -> None:
    kept, _ = attach_files(school.context, entry, [file(tmp_path, "letter.pdf")])
    teacher = replace(school.context.staff, role=Role.TEACHER, classes=("4B",))
    with pytest.raises(NotAllowed):
        open_attachment(replace(school.context, staff=teacher, alone=False), kept[0])

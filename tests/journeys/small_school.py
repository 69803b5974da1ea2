"""A school of four children and one mark, to throw bad input at; and how a refusal must look."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from db.house import House
from desktop_app.domain.deeds import Deed
from desktop_app.domain.people import Membership, Pupil
from desktop_app.domain.staff import Staff
from tests.journeys.lists import PUBLISHED, SHIFTED
from tests.journeys.program import PASSWORD, Answer, inside
from tests.support.clock import StillClock

CLOCK = StillClock(datetime(2026, 6, 26, 10, 0))
"""A Friday in term: the morning's register is closed, the afternoon's not yet open."""

UPN, LEAVER_UPN, TWIN_UPN = "Z343202300001", "Y343202000001", "A343202300077"
PUPIL_HEADINGS = (
    "UPN", "Admission Number", "Surname", "Forename", "Date of Birth", "Year Group", "Class", "Admission Date",
    "Leaving Date", "Contact 1 Name", "Contact 1 Phone",
)  # fmt: skip
GOOD_PUPIL = ("", "31", "Łęcki", "Ștefan", "01/09/2015", "5", "5W", "07/09/2020", "", "Đurđa Łęcka", "07700 900031")
MARK_HEADINGS = ("UPN", "Admission Number", "Date", "Session", "Code", "Minutes Late", "Comment")
GOOD_MARK = ("", "1", "2026-06-22", "AM", "I", "", "")


@dataclass(frozen=True)
class School:
    """A school of four children and one mark, with the bytes that must not change."""

    store: Path
    before: dict[str, bytes]

    def ask(self, *words: object) -> Answer:
        """Run one command on it."""
        return inside("--store", self.store, *words, clock=CLOCK)

    def files(self) -> dict[str, bytes]:
        """Its files by name; the lock and the journal hold nothing."""
        named = (self.store.name, f"{self.store.name}.keys", f"{self.store.name}.keys.copy")
        return {name: self.store.with_name(name).read_bytes() for name in named}


def make_small_school(folder: Path) -> School:
    """Make it in a folder."""
    store = folder / "marsh-lane.rollbook"
    school = School(store, {})
    assert school.ask(
        "new", "--name", "Marsh Lane", "--la", "sefton", "--type", "maintained", "--phase", "primary",
        "--calendar", PUBLISHED, "--user", "pat",
    ).code == 0  # fmt: skip
    assert school.ask("import", "calendar", SHIFTED).code == 0
    children = (
        (UPN, "1", "Đurić", "Łucja", "01/09/2014", "5", "5W", "03/09/2018", "", "Ewa Đurić", "07700 900001"),
        (LEAVER_UPN, "2", "Brown", "Zoë", "01/09/2014", "5", "5W", "03/09/2018", "13/03/2026", "", ""),
        ("", "7", "Ağa", "José", "01/09/2015", "5", "5W", "12/01/2026", "", "", ""),
    )
    brought = school.ask("import", "pupils", csv_of(folder / "pupils.csv", PUPIL_HEADINGS, *children))
    assert (brought.code, brought.value["added"]) == (0, 3), brought.value
    _add_a_namesake_by_number(store)
    mark = ("mark", "--pupil", "1", "--date", "2026-06-24", "--half", "AM", "--code", "N")
    assert school.ask(*mark).code == 0
    return School(store, school.files())


def _add_a_namesake_by_number(path: Path) -> None:
    """A second child with the admission number 7, which no list can bring in."""
    with closing(House().open(path, "pat", PASSWORD, write=True)) as store:
        with store.reading() as reading:
            author = reading.book.all(Staff)[0].as_author()
            child = next(one for one in reading.book.all(Pupil) if one.admission_number == "7")
        with store.writing(Deed(author, "set up", CLOCK())) as writing:
            twin = writing.book.put(replace(child, id=0, legal_forename="Ruth"))
            writing.book.put(Membership(0, twin, "5W", "5", child.starting_day))


def csv_of(path: Path, headings: tuple[str, ...], *rows: tuple[str, ...]) -> Path:
    """A CSV file of those rows."""
    lines = [
        ",".join(f'"{cell}"' if "," in cell or "\n" in cell else cell for cell in row) for row in (headings, *rows)
    ]
    path.write_bytes(("\n".join(lines) + "\n").encode())
    return path


def one_sentence(answer: Answer, words: str, code: int = 2) -> None:
    """One sentence, the same on both streams."""
    assert (answer.code, set(answer.value)) == (code, {"error"}), answer
    said = answer.value["error"]
    assert words in said, said
    assert said.endswith((".", "\\", "/"))
    assert "\n" not in said
    assert answer.errors == said + "\n"

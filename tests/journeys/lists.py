"""A made-up school's lists as other programs would export them: sixty pupils with their parents, and their marks."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl

DATA = Path(__file__).with_name("data")
PUBLISHED = DATA / "sefton_2018_19.csv"
SHIFTED = DATA / "sefton_2025_26.csv"

Row = dict[str, str]
Place = tuple[str, str]
"""A session as the file writes it: date and half."""

CASE = "7001"
"""The admission number of the child whom the school refers."""

ON = "2026-06-26"
"""The day of the referral."""

STORY = {
    "2026-04-28": "OO", "2026-05-05": "OO", "2026-05-12": "G", "2026-05-13": "GG", "2026-05-20": "U",
    "2026-05-21": "IM", "2026-06-02": "NN", "2026-06-10": "OU", "2026-06-16": "OO", "2026-06-24": "CO",
}  # fmt: skip
"""What the child's summer term was, by day: the morning's code and the afternoon's; present where there is none."""

CLASSES = (("RO", "R", 2020), ("2H", "2", 2018), ("5W", "5", 2015), ("7S", "7", 2013))
"""Class, year group, and the year in whose September the oldest of them were born."""

SURNAMES = (
    "Wiśniewski-Ağaoğlu", "Đurić", "Łęcka", "Țăranu", "Çelikoğlu", "Desrosiers", "O'Sullivan", "Nguyễn", "Abdi",
    "Hargreaves", "Müller", "Ferreira da Silva", "Håkansson", "Okafor", "Kowalczyk", "Ștefănescu", "Brown",
)  # fmt: skip
FORENAMES = ("Ștefan", "Łucja", "Đorđe", "Çağla", "Zoë", "José", "Aoife", "Gülşen", "Ruth", "Amélie", "Minh", "Ewa")
PARENTS = ("Małgorzata", "Ionuț", "Đurđa", "Gökçe", "Renée", "Siobhán", "Hassan", "Karen")

ABSENCES = {
    "2018": ("I", "I", "I", "I", "M", "M", "O", "O", "G", "H", "H", "J", "Y", "C", "E", "V"),
    "2025": ("I", "I", "I", "I", "I", "M", "M", "O", "O", "O", "G", "C", "C1", "J1", "T", "R", "E", "D", "V", "P",
             "Q", "Y1", "Y2", "Y6", "K", "X"),
}  # fmt: skip
LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


@dataclass(frozen=True)
class Lists:
    """The rows of the two files, cell by heading, and the sessions on which the school was open."""

    pupils: tuple[Row, ...]
    marks: tuple[Row, ...]
    sessions: tuple[Place, ...]

    @property
    def seniors(self) -> tuple[Row, ...]:
        """The marks of Year 7 alone."""
        return tuple(row for row in self.marks if row["Admission Number"].startswith("7"))


def make_lists(seed: int = 7) -> Lists:
    """The lists: 2025/26 of all sixty, and 2018/19 of the class that was in Reception then."""
    chance = random.Random(seed)
    pupils = tuple(_pupils(chance))
    sessions = tuple(open_sessions())
    marks = [row for pupil in pupils for row in _marks(chance, pupil, sessions)]
    chance.shuffle(marks)
    return Lists(pupils, tuple(marks), sessions)


def open_sessions() -> list[Place]:
    """Every session of the two calendars, worked out day by day and half by half."""
    rows = [row for path in (PUBLISHED, SHIFTED) for row in csv.DictReader(path.read_text("utf-8").splitlines())]
    found: list[Place] = []
    day = date(2018, 9, 1)
    while day < date(2026, 8, 31):
        text = day.isoformat()
        for half in ("AM", "PM"):
            over = [row for row in rows if row["start"] <= text <= row["end"] and row.get("half") in ("", None, half)]
            kinds = {row["kind"] for row in over}
            if day.weekday() < 5 and kinds == {"term"}:
                found.append((text, half))
        day += timedelta(days=1)
    return found


def _pupils(chance: random.Random) -> Iterator[Row]:
    for place, (class_name, year, born) in enumerate(CLASSES):
        for number in range(15):
            name = (SURNAMES[(number + 4 * place) % len(SURNAMES)], FORENAMES[(number + 5 * place) % len(FORENAMES)])
            if (place, number) == (3, 0):
                name = ("Wiśniewski-Ağaoğlu", "Ștefan")
            birth = date(born, 9, 1) + timedelta(days=chance.randrange(364))
            starts = {"RO": "01/09/2025", "2H": "04/09/2023", "5W": "07/09/2020", "7S": "03/09/2018"}[class_name]
            admission = f"{'0257'[place]}{number + 1:03d}"
            row = {
                "UPN": _upn(f"34320{20 + place}{number + 1:05d}"),
                "Admission Number": admission,
                "Legal Surname": name[0],
                "Legal Forename": name[1],
                "Date of Birth": f"{birth:%d/%m/%Y}",
                "Sex": chance.choice("MF"),
                "Year Group": f"Year {year}" if year != "R" else "Reception",
                "Reg Group": class_name,
                "Admission Date": starts,
                "Leaving Date": "",
                "Address": f"{number + 1} Crosby Road, Waterloo",
                "Postcode": f"L22 {place}AB",
                "FSM": chance.choice(("Yes", "No")),
                "SEN Status": chance.choice(("N", "N", "K", "E")),
                **_parents(place, number, name[0]),
            }
            yield {**row, **ODD.get(admission, {})}


ODD: dict[str, Row] = {
    "2003": {"Leaving Date": "13/03/2026"},
    "2004": {"Admission Date": "12/01/2026"},
    "5005": {"UPN": ""},
    "0006": {"Admission Date": "02/06/2026"},
    CASE: {
        "Sex": "M",
        "Date of Birth": "14/03/2014",
        "SEN Status": "K",
        "Contact 1 Name": "Małgorzata Wiśniewska",
        "Contact 2 Name": "Gökçe Ağaoğlu",
    },
}
"""A leaver, a joiner in January and one in June, a child without a UPN, and the child who is referred."""


def _parents(place: int, number: int, surname: str) -> Row:
    """A mother for each, and a father for every third; in Year 2 and Year 5 the same families have one child each."""
    family = number if place in (1, 2) else 20 * place + number
    mother = f"{PARENTS[family % len(PARENTS)]} {SURNAMES[family % len(SURNAMES)] if place in (1, 2) else surname}"
    row = {
        "Contact 1 Name": mother,
        "Contact 1 Relationship": "Mother",
        "Contact 1 Parental Responsibility": "Yes",
        "Contact 1 Lives With": "Yes",
        "Contact 1 Phone": f"07700 900{family:03d}",
        "Contact 1 Language": "Polish" if number % 5 == 0 else "",
        "Contact 2 Name": "",
        "Contact 2 Relationship": "",
        "Contact 2 Phone": "",
    }
    if number % 3 == 0:
        row |= {
            "Contact 2 Name": f"{PARENTS[(family + 3) % len(PARENTS)]} {surname}",
            "Contact 2 Relationship": "Father",
            "Contact 2 Phone": f"0151 496 0{family:03d}",
        }
    return row


def _upn(body: str) -> str:
    """The twelve figures with their check letter before them."""
    return LETTERS[sum(place * int(figure) for place, figure in enumerate(body, start=2)) % 23] + body


def _marks(chance: random.Random, pupil: Row, sessions: tuple[Place, ...]) -> Iterator[Row]:
    absent = chance.choice((0.01, 0.03, 0.05, 0.09, 0.14, 0.35, 0.6))
    first, last = iso(pupil["Admission Date"]), iso(pupil["Leaving Date"]) or "9999"
    was_there = pupil["Reg Group"] == "7S"
    case = pupil["Admission Number"] == CASE
    for day, half in sessions:
        if not first <= day <= last or (day < "2025" and not was_there):
            continue
        code = "/" if half == "AM" else "\\"
        if chance.random() < absent / (4 if case else 1):
            code = chance.choice(ABSENCES[day[:4] if day[:4] in ABSENCES else ("2018" if day < "2020" else "2025")])
        elif chance.random() < 0.02:
            code = chance.choice(("L", "L", "U"))
        elif chance.random() < 0.003 and not case:
            code = chance.choice(("-", "?", ""))
        if case and day >= "2026-04-21":
            code = STORY.get(day, "")[("AM", "PM").index(half) :][:1] or ("/" if half == "AM" else "\\")
        yield {
            "UPN": pupil["UPN"],
            "Admission Number": pupil["Admission Number"],
            "Date": day,
            "Session": half,
            "Code": code,
            "Minutes Late": str(chance.randrange(1, 40)) if code in ("L", "U") else "",
            "Comment": "swimming, Crosby baths" if code == "K" else "",
        }


def iso(text: str) -> str:
    """`14/02/2018` as `2018-02-14`; empty stays empty."""
    return "-".join(reversed(text.split("/"))) if text else ""


def write_csv(
    path: Path, rows: tuple[Row, ...], *, encoding: str = "utf-8", delimiter: str = ",", title: str = ""
) -> Path:
    """Save rows as a CSV file, under a title and a blank row where there is one."""
    with path.open("w", encoding=encoding, newline="") as file:
        if title:
            file.write(f"{title}\r\n\r\n")
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_xlsx(path: Path, rows: tuple[Row, ...], dates: tuple[str, ...] = ()) -> Path:
    """Save the same rows as the first sheet of a workbook; the columns named in `dates` as true dates."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Export")
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append([_typed(cell) if heading in dates else cell for heading, cell in row.items()])
    book.save(path)
    return path


def _typed(text: str) -> datetime | None:
    return datetime.fromisoformat(iso(text) if "/" in text else text) if text else None

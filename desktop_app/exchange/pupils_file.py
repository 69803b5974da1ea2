"""A list of pupils with their contacts, as CSV or Excel: rows into what the file says of each child."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop_app.domain.people import Address, FlagKind
from desktop_app.exchange.addresses import read_address
from desktop_app.exchange.columns import Columns
from desktop_app.exchange.contact_columns import ContactLine, Contacts
from desktop_app.exchange.faults import Faults
from desktop_app.exchange.lines import DateManners, Line
from desktop_app.exchange.pupil_columns import PUPILS
from desktop_app.exchange.tables import Table, open_table
from desktop_app.exchange.values import (
    Unreadable,
    answer,
    read_flag,
    read_name,
    read_sex,
    read_text,
    read_year,
    unquoted,
    words_of,
)
from desktop_app.rules.groups import ETHNICITIES
from desktop_app.rules.upn import upn_fault

NUMBER_LIKE = re.compile(r"[\d.,]+(?:[eE]\+?\d+)?")
YOUNGEST, OLDEST = 2, 20

LONGEST_ETHNICITY = 60
CODE_LIKE = re.compile(r"[A-Za-z]{4}")

SEN: dict[str, FlagKind | None] = {
    "n": None,
    "no": None,
    "none": None,
    "false": None,
    "0": None,
    "no sen": None,
    "k": FlagKind.SEN_SUPPORT,
    "yes": FlagKind.SEN_SUPPORT,
    "y": FlagKind.SEN_SUPPORT,
    "true": FlagKind.SEN_SUPPORT,
    "sen support": FlagKind.SEN_SUPPORT,
    "support": FlagKind.SEN_SUPPORT,
    "e": FlagKind.EHCP,
    "s": FlagKind.EHCP,
    "ehcp": FlagKind.EHCP,
    "ehc plan": FlagKind.EHCP,
    "education health and care plan": FlagKind.EHCP,
}

NO_ADDRESS = Address()


@dataclass(frozen=True, slots=True)
class PupilLine:
    """What one row says of a child. Empty text means that the file does not say, and changes nothing.

    A flag whose value is None is said not to hold; a flag that is not here is not spoken of.
    """

    legal_surname: str
    legal_forename: str
    date_of_birth: date
    starting_day: date
    year: str
    class_name: str
    upn: str = ""
    admission_number: str = ""
    used_surname: str = ""
    used_forename: str = ""
    middle_names: str = ""
    sex: str = ""
    address: Address = NO_ADDRESS
    home_la: str = ""
    leaving_day: date | None = None
    leaving_ground: str = ""
    last_school: str = ""
    next_school: str = ""
    boarder: bool | None = None
    flags: tuple[tuple[FlagKind, str | None], ...] = ()
    contacts: tuple[ContactLine, ...] = ()


class PupilsFile:
    """A list of pupils that was opened; see `lines`."""

    def __init__(self, path: Path, today: date) -> None:
        """Open it. Raises `Refused` for a file that is no list of pupils."""
        self.table: Table = open_table(path, PUPILS)
        self._today = today

    def lines(self, faults: Faults) -> Iterator[tuple[int, PupilLine | None]]:
        """Each row's number and what it says; None where it was rejected."""
        columns = self.table.columns
        reader = _Reader(columns, faults, self._today)
        for number, cells in self.table.rows(faults):
            yield number, reader.read(Line(number, cells, columns, faults))
        reader.finish()


class _Reader:
    """Reads the rows of one file: what is worked out once from its headings, and how it writes its dates."""

    def __init__(self, columns: Columns, faults: Faults, today: date) -> None:
        self._columns = columns
        self._today = today
        self._contacts = Contacts(columns, faults)
        self._flags = [kind for kind in FlagKind if columns.has(f"flag {kind.value}")]
        keys = ("date_of_birth", "starting_day", "leaving_day")
        self._dates = {key: DateManners(columns.title(key), faults) for key in keys}

    def finish(self) -> None:
        """Give the warnings that only the whole column shows."""
        for manners in self._dates.values():
            manners.finish()
        self._contacts.finish()

    def read(self, line: Line) -> PupilLine | None:
        """What a row says, or None where something in it was rejected."""
        surname, used_surname = self._two_names(line, "surname")
        forename, used_forename = self._two_names(line, "forename")
        born = self._date(line, "date_of_birth", needed=True)
        starting = self._date(line, "starting_day", needed=True)
        leaving = self._date(line, "leaving_day", needed=False)
        year = line.need("year", read_year)
        class_name = line.need("class_name", read_name)
        upn = line.read("upn", read_upn) or ""
        number = line.read("admission_number", read_identifier) or ""
        address = read_address(line, self._columns, ("address", "address_line", "postcode"))
        flags = self._read_flags(line)
        contacts = self._contacts.read(line)
        if born is not None and starting is not None:
            self._check_days(line, born, starting, leaving)
        if (
            surname is None
            or forename is None
            or born is None
            or starting is None
            or year is None
            or class_name is None
        ):
            return None
        said = PupilLine(
            legal_surname=surname,
            legal_forename=forename,
            date_of_birth=born,
            starting_day=starting,
            year=year,
            class_name=class_name,
            upn=upn,
            admission_number=number,
            used_surname=used_surname,
            used_forename=used_forename,
            middle_names=line.read("middle_names", read_name) or "",
            sex=line.read("sex", read_sex) or "",
            address=address,
            home_la=line.text("home_la"),
            leaving_day=leaving,
            leaving_ground=line.text("leaving_ground"),
            last_school=line.text("last_school"),
            next_school=line.text("next_school"),
            boarder=line.read("boarder", read_flag),
            flags=flags,
            contacts=contacts,
        )
        return said if line.good else None

    def _two_names(self, line: Line, which: str) -> tuple[str | None, str]:
        """The legal name and, where it is another, the one in daily use. A plain `Surname` beside a `Legal Surname`
        is the one in daily use."""
        legal_key = f"legal_{which}" if self._columns.has(f"legal_{which}") else which
        legal = line.need(legal_key, read_name)
        used = line.read(f"used_{which}", read_name) or (line.read(which, read_name) if legal_key != which else None)
        return legal, used if used and used != legal else ""

    def _date(self, line: Line, key: str, *, needed: bool) -> date | None:
        manners = self._dates[key]
        reader = line.need if needed else line.read
        return reader(key, lambda text: manners.read(line.number, text))

    def _check_days(self, line: Line, born: date, starting: date, leaving: date | None) -> None:
        if born > self._today:
            line.reject("date_of_birth", "This date of birth is in the future.")
        elif born >= starting:
            line.reject("date_of_birth", "This date of birth is not before the starting day.")
        elif starting < _birthday(born, YOUNGEST):
            line.reject("date_of_birth", f"The child would have started before the age of {YOUNGEST}.")
        elif starting > _birthday(born, OLDEST):
            line.reject("date_of_birth", f"The child would have started after the age of {OLDEST}.")
        if leaving is not None and leaving < starting:
            line.reject("leaving_day", "The leaving day is before the starting day.")

    def _read_flags(self, line: Line) -> tuple[tuple[FlagKind, str | None], ...]:
        said: dict[FlagKind, str | None] = {}
        status = line.read("sen", _read_sen)
        if status is not None:
            said = {kind: "" if kind in status else None for kind in (FlagKind.SEN_SUPPORT, FlagKind.EHCP)}
        for kind in self._flags:
            key = f"flag {kind.value}"
            if kind is FlagKind.SOCIAL_WORKER:
                value = line.read(key, _read_worker)
            elif kind is FlagKind.ETHNICITY:
                value = line.read(key, _read_ethnicity)
            else:
                value = line.read(key, lambda text: (None,) if not read_flag(text) else ("",))
            if value is not None:
                said[kind] = value[0]
        if said.get(FlagKind.EHCP) is not None:
            said[FlagKind.SEN_SUPPORT] = None  # the plan stands in its place
        return tuple(said.items())


def _read_ethnicity(text: str) -> tuple[str | None]:
    """An ethnic background: its code in capitals, or its words as the DfE has them; what a file writes for none says
    that there is none on record."""
    word = " ".join(text.split())
    if answer(word) is False:
        return (None,)
    if answer(word) is True or len(word) > LONGEST_ETHNICITY:
        raise Unreadable("Write the code of the ethnic background, such as WBRI, or its words.")
    code = next((key for key, words in ETHNICITIES.items() if words.casefold() == word.casefold()), word)
    return (code.upper() if CODE_LIKE.fullmatch(code) else code,)


def read_upn(text: str) -> str:
    """A UPN in capitals, its check letter tested; temporary ones are good. Raises `Unreadable`."""
    upn = "".join(unquoted(text).split()).upper()
    fault = upn_fault(upn)
    if fault is None:
        return upn
    if NUMBER_LIKE.fullmatch(upn):
        raise Unreadable("A spreadsheet has made a number of this UPN; format the column as text and enter it again.")
    raise Unreadable(f"This is not a UPN: {fault}.")


def read_identifier(text: str) -> str:
    """An admission number. Raises `Unreadable` where a spreadsheet has cut it short."""
    number = words_of(read_text(unquoted(text)))
    if re.fullmatch(r"\d[.,]\d+[eE]\+?\d+", number):
        raise Unreadable("A spreadsheet has cut this number short; format the column as text and enter it again.")
    return number.removesuffix(".0")


def _read_sen(text: str) -> tuple[FlagKind, ...]:
    words = re.sub(r"[\W_]+", " ", text.casefold()).split()
    word = next((known for known in (" ".join(words), *words[:1]) if known in SEN), None)
    if word is None:
        raise Unreadable("Write the SEN status as N (none), K (SEN support) or E (EHC plan).")
    kind = SEN[word]
    return () if kind is None else (kind,)


def _read_worker(text: str) -> tuple[str | None]:
    """Yes, no, or the social worker's name."""
    said = answer(text)
    if said is None:
        return (read_name(text),)
    return ("",) if said else (None,)


def _birthday(born: date, age: int) -> date:
    """The day on which somebody reaches that age; of a child born on 29 February, 1 March."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)

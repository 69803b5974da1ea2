"""The contacts of a pupil in one row: `Contact 1 Name`, `Contact 1 Phone` … as many as there are."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop_app.domain.people import Address, Answer
from desktop_app.exchange.addresses import read_address
from desktop_app.exchange.columns import Columns
from desktop_app.exchange.faults import Faults
from desktop_app.exchange.lines import Line
from desktop_app.exchange.pupil_columns import contact_key, phone_label
from desktop_app.exchange.values import Unreadable, read_flag, read_name, read_text, unquoted, words_of

CONTACT_NUMBER = re.compile(r"contact (\d+) ")
PHONE_BREAKS = re.compile(r"[;,/|\n\r]| or ")
LOST_ZERO = re.compile(r"[1237]\d{9}")
CUT_SHORT = re.compile(r"\d([.,]\d+)?[eE]\+?\d+")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
FEWEST_DIGITS, LONGEST_PHONE = 3, 40
HIGHEST_PRIORITY = 99

NO_ADDRESS = Address()


@dataclass(frozen=True, slots=True)
class ContactLine:
    """What one row says of one contact. Phones are pairs of number and label; None and empty mean it does not say."""

    name: str
    title: str = ""
    relationship: str = ""
    responsibility: Answer = Answer.UNKNOWN
    lives_with: Answer = Answer.UNKNOWN
    phones: tuple[tuple[str, str], ...] = ()
    emails: tuple[str, ...] = ()
    address: Address = NO_ADDRESS
    language: str = ""
    interpreter: bool | None = None
    reading_needs: str = ""
    priority: int = 1
    may_contact: bool | None = None
    no_contact: bool | None = None


class Contacts:
    """Reads the contacts of each row of one file."""

    def __init__(self, columns: Columns, faults: Faults) -> None:
        found = (CONTACT_NUMBER.match(key) for key in columns.places)
        self._numbers = sorted({int(match[1]) for match in found if match})
        self._columns = columns
        self._faults = faults
        self._mended = 0

    def read(self, line: Line) -> tuple[ContactLine, ...]:
        """The contacts of a row in the order of their columns; those without a name and any way to reach are none."""
        found = (self._contact(line, number) for number in self._numbers)
        return tuple(contact for contact in found if contact is not None)

    def finish(self) -> None:
        """Say how many phone numbers were mended."""
        if self._mended:
            self._faults.warn(
                f"{self._mended} phone numbers had lost their first 0, as spreadsheets do; it was put back."
            )

    def _contact(self, line: Line, number: int) -> ContactLine | None:
        name = self._name(line, number)
        phones = tuple(pair for place in self._places(number, "phone") for pair in self._phones(line, place))
        emails = tuple(email for place in self._places(number, "email") for email in line.at(place, _read_emails) or ())
        address = read_address(
            line,
            self._columns,
            (contact_key(number, "address"), contact_key(number, "address_line"), contact_key(number, "postcode")),
        )
        if not name:
            if (phones or emails) and not self._gives_name(line, number):
                line.reject(self._name_key(number), f"Contact {number} can be reached but has no name.")
            return None
        return ContactLine(
            name=name,
            title=self._text(line, number, "title"),
            relationship=self._text(line, number, "relationship"),
            responsibility=self._answer(line, number, "responsibility"),
            lives_with=self._answer(line, number, "lives_with"),
            phones=_once(phones),
            emails=tuple(dict.fromkeys(emails)),
            address=address,
            language=self._text(line, number, "language"),
            interpreter=line.read(contact_key(number, "interpreter"), read_flag),
            reading_needs=self._text(line, number, "reading_needs"),
            priority=line.read(contact_key(number, "priority"), _read_priority) or number,
            may_contact=line.read(contact_key(number, "may_contact"), read_flag),
            no_contact=line.read(contact_key(number, "no_contact"), read_flag),
        )

    def _name(self, line: Line, number: int) -> str:
        whole = line.read(contact_key(number, "name"), read_name)
        if whole:
            return whole
        parts = (line.read(contact_key(number, part), read_name) for part in ("forename", "surname"))
        return " ".join(part for part in parts if part)

    def _gives_name(self, line: Line, number: int) -> bool:
        """Whether the row has a name for the contact, be it one that was refused."""
        return any(line.cell(contact_key(number, part)).strip() for part in ("name", "surname", "forename"))

    def _name_key(self, number: int) -> str:
        keys = [contact_key(number, part) for part in ("name", "surname", "forename", "phone", "email")]
        return next(key for key in keys if self._columns.has(key))

    def _places(self, number: int, field: str) -> tuple[int, ...]:
        return self._columns.places.get(contact_key(number, field), ())

    def _text(self, line: Line, number: int, field: str) -> str:
        return words_of(line.text(contact_key(number, field)))

    def _answer(self, line: Line, number: int, field: str) -> Answer:
        said = line.read(contact_key(number, field), _read_answer)
        return said or Answer.UNKNOWN

    def _phones(self, line: Line, place: int) -> list[tuple[str, str]]:
        label = phone_label(self._columns.titles[place])
        numbers = line.at(place, _read_phones) or ()
        mended = [f"0{number}" if LOST_ZERO.fullmatch(number) else number for number in numbers]
        self._mended += sum(1 for number, given in zip(mended, numbers, strict=True) if number != given)
        return [(number, label) for number in mended]


def _once(phones: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """The phones without repetition, each under the first label it has."""
    seen: dict[str, tuple[str, str]] = {}
    for number, label in phones:
        seen.setdefault(phone_key(number), (number, label))
    return tuple(seen.values())


def phone_key(number: str) -> str:
    """A phone number as numbers are compared: digits only, `+44` as 0."""
    digits = re.sub(r"\D", "", number)
    if number.lstrip().startswith(("+44", "0044")):
        digits = "0" + digits.removeprefix("00").removeprefix("44").removeprefix("0")
    return digits


def _read_phones(text: str) -> tuple[str, ...]:
    found: list[str] = []
    for part in PHONE_BREAKS.split(read_text(text)):
        number = words_of(unquoted(part.strip()))
        if CUT_SHORT.fullmatch(number):
            raise Unreadable("A spreadsheet has cut this number short; format the column as text and enter it again.")
        if number and (sum(letter.isdigit() for letter in number) < FEWEST_DIGITS or len(number) > LONGEST_PHONE):
            raise Unreadable("This is not a phone number.")
        if number:
            found.append(number)
    return tuple(found)


def _read_emails(text: str) -> tuple[str, ...]:
    parts = [part for part in re.split(r"[;,\s]+", unquoted(read_text(text))) if part]
    if not all(EMAIL.fullmatch(part) for part in parts):
        raise Unreadable("This is not an e-mail address.")
    return tuple(parts)


def _read_answer(text: str) -> Answer:
    if text.casefold() in ("unknown", "not known", "?"):
        return Answer.UNKNOWN
    return Answer.YES if read_flag(text) else Answer.NO


def _read_priority(text: str) -> int:
    number = text.removesuffix(".0")
    if not number.isdecimal() or not 1 <= int(number) <= HIGHEST_PRIORITY:
        raise Unreadable(f"Write the priority as a number from 1 to {HIGHEST_PRIORITY}.")
    return int(number)

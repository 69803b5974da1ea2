"""How the words of an argument are read, and what is said of those that cannot be."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from desktop_app.domain.errors import Refused
from desktop_app.domain.school import RegisterTimes
from desktop_app.domain.sessions import Half, Session

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(:\d{2})?)", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1900, 2100
"""The years of which a date can be one; those that imported files may have."""
TIMES = re.compile(r"(\d{2}:\d{2})-(\d{2}:\d{2})", re.ASCII)
LAST_SECOND = time(23, 59, 59, 999999)


PUPIL = "a UPN or an admission number"
AS_AT = "only what was recorded by then, YYYY-MM-DD[THH:MM[:SS]]"

E = TypeVar("E", bound=StrEnum)


class Parser(argparse.ArgumentParser):
    """A parser whose complaints reach the caller as sentences."""

    def error(self, message: str) -> NoReturn:
        """Refuse the arguments."""
        message = message.replace("unrecognized", "unrecognised")
        raise Refused(f"{message[:1].upper()}{message[1:]}. See --help.")

    def print_help(self, file: Any = None) -> None:
        """Print the help in UTF-8, whatever the console is."""
        stream = file or sys.stdout
        if stream is not None:
            stream.flush()
            stream.buffer.write(self.format_help().encode("utf-8"))
            stream.buffer.flush()


Adder = Callable[[str, str], Parser]
"""Adds a command by name and words."""


def nested(command: Parser, name: str) -> Adder:
    """Adds the parts of a command, such as `case open`: each is found under both words."""
    parts = command.add_subparsers(dest="part", required=True, parser_class=Parser)

    def part(of: str, words: str) -> Parser:
        made = parts.add_parser(of, help=words, description=words, allow_abbrev=False)
        made.add_argument("--store", type=file, default=argparse.SUPPRESS, help="the school’s file")
        made.add_argument("--user", default=argparse.SUPPRESS, help="the name to sign in with")
        made.set_defaults(command=f"{name} {of}")
        return made

    return part


def choice(command: Parser, name: str, kind: type[E], allowed: Iterable[E] = (), **more: Any) -> None:
    """An argument that is one of the words of a list."""
    words = {one.value: one for one in allowed or kind}

    def chosen(text: str) -> E:
        if text not in words:
            raise argparse.ArgumentTypeError(f"“{text}” is not one of {', '.join(words)}")
        return words[text]

    command.add_argument(name, type=chosen, metavar="|".join(words), **more)


def on_day(command: argparse.ArgumentParser) -> None:
    """The day of a deed."""
    command.add_argument("--on", type=day, help="the day, YYYY-MM-DD; today if left out")


def parents(command: argparse.ArgumentParser) -> None:
    """The parents a deed names, and why any other is not named."""
    command.add_argument("--parent", action="append", default=[], help="a contact’s name; may be given again")
    command.add_argument(
        "--not", dest="left", action="append", default=[], help="NAME: why that parent is not named; may be given again"
    )


def file(text: str) -> Path:
    """A file; an empty text would mean the folder at hand."""
    if not text.strip():
        raise argparse.ArgumentTypeError("there is no file name")
    return Path(text)


def day(text: str) -> date:
    """A date as YYYY-MM-DD."""
    try:
        found = date.fromisoformat(text if DAY.fullmatch(text) else "")
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a date; write it as YYYY-MM-DD") from None
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise argparse.ArgumentTypeError(f"the year of “{text}” is not between {FIRST_YEAR} and {LAST_YEAR}")
    return found


def moment(text: str) -> datetime:
    """A moment of school local time; a bare date means the end of that day."""
    return _moment(text)[0]


def end_of_moment(text: str) -> datetime:
    """The last instant of the day, minute or second that was named: what was recorded within it is included."""
    start, unit = _moment(text)
    return start + unit - timedelta(microseconds=1) if unit else start


def _moment(text: str) -> tuple[datetime, timedelta]:
    """The moment, and how long the unit it was named to lasts (none for a bare date, which is its end already)."""
    match = MOMENT.fullmatch(text)
    try:
        if match is None:
            return datetime.combine(day(text), LAST_SECOND), timedelta()
        unit = timedelta(seconds=1) if match[3] else timedelta(minutes=1)
        return datetime.combine(day(match[1]), time.fromisoformat(match[2])), unit
    except (ValueError, argparse.ArgumentTypeError):
        raise argparse.ArgumentTypeError(f"“{text}” is not a moment; write YYYY-MM-DD or YYYY-MM-DDTHH:MM") from None


def half(text: str) -> Half:
    """A half of the day, AM or PM."""
    try:
        return Half(text.upper())
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a half of the day; write AM or PM") from None


def session(text: str) -> Session:
    """A session: a day and a half."""
    of_day, _, of_half = text.strip().partition(" ")
    try:
        return Session(day(of_day), half(of_half.strip()))
    except argparse.ArgumentTypeError as fault:
        raise argparse.ArgumentTypeError(f"“{text}” is no session: write YYYY-MM-DD AM or PM") from fault


def times(text: str) -> RegisterTimes:
    """When a register opens and closes, as 08:45-09:15."""
    match = TIMES.fullmatch("".join(text.split()))
    try:
        opens, closes = map(time.fromisoformat, match.groups() if match else ())
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” are not register times; write them as 08:45-09:15") from None
    return RegisterTimes(opens, closes)


def whole(text: str) -> int:
    """A whole number."""
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number") from None


def hexadecimal(text: str) -> str:
    """A chain head, in hexadecimal."""
    wanted = text.strip().lower().replace(" ", "")
    if not wanted or any(letter not in "0123456789abcdef" for letter in wanted):
        raise argparse.ArgumentTypeError(f"“{text}” is not a chain head; it is written in hexadecimal")
    return wanted

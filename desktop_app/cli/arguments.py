"""What the door is asked: commands and their arguments. A fault in them is a `Refused`, not an exit."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from desktop_app.actions.figures import Grouping
from desktop_app.domain.entries import LOGGED_KINDS, EntryKind
from desktop_app.domain.errors import Refused
from desktop_app.domain.imports import ImportKind
from desktop_app.domain.school import Phase, RegisterTimes, SchoolType
from desktop_app.domain.sessions import Half
from desktop_app.domain.staff import Role

DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(:\d{2})?)", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1900, 2100
"""The years of which a date can be one; those that imported files may have."""
TIMES = re.compile(r"(\d{2}:\d{2})-(\d{2}:\d{2})", re.ASCII)
LAST_SECOND = time(23, 59, 59, 999999)


PUPIL = "a UPN or an admission number"

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


def parser() -> Parser:
    """Every command of the door, its arguments and what they mean."""
    top = Parser(
        prog="python -m desktop_app",
        description="Rollbook without its window. Prints one JSON value.",
        allow_abbrev=False,
    )
    top.add_argument("--store", type=_file, help="the school’s file")
    top.add_argument("--user", help="the name to sign in with")
    commands = top.add_subparsers(dest="command", required=True, parser_class=Parser)

    def command(name: str, words: str) -> Parser:
        made = commands.add_parser(name, help=words, description=words, allow_abbrev=False)
        made.add_argument("--store", type=_file, default=argparse.SUPPRESS, help="the school’s file")
        made.add_argument("--user", default=argparse.SUPPRESS, help="the name to sign in with")
        return made

    for add in (_demo, _new, _import, _packs, _mark, _log, _figures, _bundle, _check, _backup):
        add(command)
    return top


Adder = Callable[[str, str], Parser]


def _demo(command: Adder) -> None:
    demo = command("demo", "make a demo school with generated names")
    demo.add_argument("--out", type=_file, required=True)
    demo.add_argument("--pupils", type=_whole, default=210)
    demo.add_argument("--years", type=_whole, default=3, help="school years, this one and those before it")
    demo.add_argument("--seed", type=_whole, default=1, help="the same seed, size and day make the same school")
    demo.add_argument("--today", type=day, help="the day on which the demo stands, YYYY-MM-DD; today if left out")


def _new(command: Adder) -> None:
    new = command("new", "make a school")
    new.add_argument("--name", required=True)
    new.add_argument("--la", required=True, help="the key of an authority pack")
    _choice(new, "--type", SchoolType, required=True)
    _choice(new, "--phase", Phase, required=True)
    new.add_argument("--calendar", type=_file, required=True, help="CSV: kind,name,start,end[,half,years,classes]")
    new.add_argument("--am", type=_times, default=_times("08:45-09:15"), help="when the morning register opens-closes")
    new.add_argument("--pm", type=_times, default=_times("13:00-13:15"), help="the same of the afternoon")
    new.add_argument("--position", default="", help="the position of the first member of staff, in words")
    _choice(new, "--role", Role, default=Role.HEADTEACHER)


def _import(command: Adder) -> None:
    bring = command("import", "bring in pupils, marks or a calendar from CSV or .xlsx, all or nothing")
    _choice(bring, "subject", ImportKind)
    bring.add_argument("file", type=_file)
    bring.add_argument("--dry-run", action="store_true", help="say what would come of it, and write nothing")
    bring.add_argument("--from", dest="first", type=day, help="the day from which new classes and years hold")


def _packs(command: Adder) -> None:
    command("packs", "list the authority packs")


def _mark(command: Adder) -> None:
    mark = command("mark", "make one mark in the register")
    mark.add_argument("--pupil", required=True, help=PUPIL)
    mark.add_argument("--date", type=day, required=True, help="YYYY-MM-DD")
    mark.add_argument("--half", type=_half, required=True, metavar="AM|PM")
    what = mark.add_mutually_exclusive_group(required=True)
    what.add_argument("--code", help="an attendance code")
    what.add_argument("--clear", action="store_true", help="make the session blank again, in an open register only")
    mark.add_argument("--minutes", type=_whole, help="minutes late, with L or U")
    mark.add_argument("--note", default="", help="what it was; K, B and Y7 need it")
    mark.add_argument("--reason", default="", help="why a closed register changes")


def _log(command: Adder) -> None:
    log = command("log", "log what was done")
    log.add_argument("--pupil", required=True, help=PUPIL)
    _choice(log, "--kind", EntryKind, LOGGED_KINDS, required=True)
    log.add_argument("--at", required=True, type=moment, help="YYYY-MM-DD[THH:MM[:SS]]")
    log.add_argument("--with", dest="with_name", help="the full name of a contact; left out: nobody was reached")
    log.add_argument("--outcome", required=True, help="what came of it")
    log.add_argument("--note", default="", help="more about it")


def _figures(command: Adder) -> None:
    figures = command("figures", "attendance figures")
    figures.add_argument("--from", dest="first", type=day, required=True, help="the first day, YYYY-MM-DD")
    figures.add_argument("--to", dest="last", type=day, required=True, help="the last day, inclusive")
    _choice(figures, "--by", Grouping, default=Grouping.PUPIL)
    figures.add_argument("--as-at", type=end_of_moment, help="only what was recorded by then, YYYY-MM-DD[THH:MM[:SS]]")


def _bundle(command: Adder) -> None:
    bundle = command("bundle", "make the referral bundle of a pupil")
    bundle.add_argument("--pupil", required=True, help=PUPIL)
    bundle.add_argument("--referral", required=True, help="the key of one of the pack’s referrals: see packs")
    bundle.add_argument("--on", type=day, required=True, help="the day of the referral, YYYY-MM-DD")
    bundle.add_argument("--out", type=_file, required=True, help="the PDF to make")
    bundle.add_argument(
        "--from", dest="first", type=day, help="the first day; 1 September of the school year if left out"
    )
    bundle.add_argument("--to", dest="last", type=day, help="the last day; else the day of the referral")


def _check(command: Adder) -> None:
    check = command("check", "check the whole store against its history and audit chain")
    check.add_argument("--head", type=_hexadecimal, help="an earlier chain head: is it still in the chain?")


def _backup(command: Adder) -> None:
    backup = command("backup", "make a verified copy")
    backup.add_argument("--out", type=_file, required=True)


def _choice(command: Parser, name: str, kind: type[E], allowed: Iterable[E] = (), **more: Any) -> None:
    """An argument that is one of the words of a list."""
    words = {one.value: one for one in allowed or kind}

    def chosen(text: str) -> E:
        if text not in words:
            raise argparse.ArgumentTypeError(f"“{text}” is not one of {', '.join(words)}")
        return words[text]

    command.add_argument(name, type=chosen, metavar="|".join(words), **more)


def _file(text: str) -> Path:
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


def _half(text: str) -> Half:
    try:
        return Half(text.upper())
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a half of the day; write AM or PM") from None


def _times(text: str) -> RegisterTimes:
    match = TIMES.fullmatch("".join(text.split()))
    try:
        opens, closes = map(time.fromisoformat, match.groups() if match else ())
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” are not register times; write them as 08:45-09:15") from None
    return RegisterTimes(opens, closes)


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number") from None


def _hexadecimal(text: str) -> str:
    wanted = text.strip().lower().replace(" ", "")
    if not wanted or any(letter not in "0123456789abcdef" for letter in wanted):
        raise argparse.ArgumentTypeError(f"“{text}” is not a chain head; it is written in hexadecimal")
    return wanted

"""What the door is asked: commands and their arguments. A fault in them is a `Refused`, not an exit."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import NoReturn

from desktop_app.actions.figures import Grouping
from desktop_app.domain.entries import LOGGED_KINDS, EntryKind
from desktop_app.domain.errors import Refused
from desktop_app.domain.school import Phase, RegisterTimes, SchoolType
from desktop_app.domain.sessions import Half
from desktop_app.domain.staff import Role

SUBJECTS = ("pupils", "marks", "calendar")
LAST_SECOND = time(23, 59, 59, 999999)


class Parser(argparse.ArgumentParser):
    """A parser whose complaints reach the caller as sentences."""

    def error(self, message: str) -> NoReturn:
        """Refuse the arguments."""
        raise Refused(f"{message[:1].upper()}{message[1:]}. See --help.")


def parser() -> Parser:
    """Every command of the door, its arguments and what they mean."""
    top = Parser(prog="python -m desktop_app", description="Rollbook without its window. Prints one JSON value.")
    top.add_argument("--store", type=Path, help="the school's file")
    top.add_argument("--user", help="the name to sign in with")
    commands = top.add_subparsers(dest="command", required=True, parser_class=Parser)

    def command(name: str, words: str) -> Parser:
        made = commands.add_parser(name, help=words, description=words)
        made.add_argument("--store", type=Path, default=argparse.SUPPRESS, help="the school's file")
        made.add_argument("--user", default=argparse.SUPPRESS, help="the name to sign in with")
        return made

    for add in (_demo, _new, _import, _packs, _mark, _log, _figures, _bundle, _check, _backup):
        add(command)
    return top


Adder = Callable[[str, str], Parser]


def _demo(command: Adder) -> None:
    demo = command("demo", "make a demo school with generated names")
    demo.add_argument("--out", type=Path, required=True)
    demo.add_argument("--pupils", type=_whole(1, 2000), default=210)
    demo.add_argument("--years", type=_whole(1, 7), default=3)
    demo.add_argument("--seed", type=int, default=1)
    demo.add_argument("--today", type=day)


def _new(command: Adder) -> None:
    new = command("new", "make a school")
    new.add_argument("--name", required=True)
    new.add_argument("--la", required=True, help="the key of an authority pack")
    new.add_argument("--type", type=SchoolType, required=True, choices=list(SchoolType))
    new.add_argument("--phase", type=Phase, required=True, choices=list(Phase))
    new.add_argument("--calendar", type=Path, required=True, help="CSV: kind,name,start,end[,half,years,classes]")
    new.add_argument("--am", type=_times, default=_times("08:45-09:15"))
    new.add_argument("--pm", type=_times, default=_times("13:00-13:15"))
    new.add_argument("--position", default="")
    new.add_argument("--role", type=Role, choices=list(Role), default=Role.HEADTEACHER)


def _import(command: Adder) -> None:
    bring = command("import", "bring in pupils, marks or a calendar from CSV or .xlsx, all or nothing")
    bring.add_argument("subject", choices=SUBJECTS)
    bring.add_argument("file", type=Path)
    bring.add_argument("--dry-run", action="store_true")
    bring.add_argument("--from", dest="first", type=day, help="the day from which new classes and years hold")


def _packs(command: Adder) -> None:
    command("packs", "list the authority packs")


def _mark(command: Adder) -> None:
    mark = command("mark", "make one mark in the register")
    mark.add_argument("--pupil", required=True)
    mark.add_argument("--date", type=day, required=True)
    mark.add_argument("--half", type=_half, required=True)
    what = mark.add_mutually_exclusive_group(required=True)
    what.add_argument("--code")
    what.add_argument("--clear", action="store_true")
    mark.add_argument("--minutes", type=int)
    mark.add_argument("--note", default="")
    mark.add_argument("--reason", default="")


def _log(command: Adder) -> None:
    log = command("log", "log what was done")
    log.add_argument("--pupil", required=True)
    log.add_argument("--kind", type=EntryKind, required=True, choices=list(LOGGED_KINDS))
    log.add_argument("--at", required=True, type=moment, help="YYYY-MM-DD[THH:MM[:SS]]")
    log.add_argument("--with", dest="with_name", help="the full name of a contact; left out: nobody was reached")
    log.add_argument("--outcome", required=True)
    log.add_argument("--note", default="")


def _figures(command: Adder) -> None:
    figures = command("figures", "attendance figures")
    figures.add_argument("--from", dest="first", type=day, required=True)
    figures.add_argument("--to", dest="last", type=day, required=True)
    figures.add_argument("--by", type=Grouping, choices=list(Grouping), default=Grouping.PUPIL)
    figures.add_argument("--as-at", type=end_of_moment)


def _bundle(command: Adder) -> None:
    bundle = command("bundle", "make the referral bundle of a pupil")
    bundle.add_argument("--pupil", required=True)
    bundle.add_argument("--referral", required=True)
    bundle.add_argument("--on", type=day, required=True)
    bundle.add_argument("--out", type=Path, required=True)
    bundle.add_argument("--from", dest="first", type=day)
    bundle.add_argument("--to", dest="last", type=day)


def _check(command: Adder) -> None:
    check = command("check", "check the whole store against its history and audit chain")
    check.add_argument(
        "--head", type=_hexadecimal, help="an earlier chain head: is it still in the chain?"
    )


def _backup(command: Adder) -> None:
    backup = command("backup", "make a verified copy")
    backup.add_argument("--out", type=Path, required=True)


def day(text: str) -> date:
    """A date as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a date; write it as YYYY-MM-DD") from None


def moment(text: str) -> datetime:
    """A moment of school local time; a bare date means the end of that day."""
    return _moment(text)[0]


def end_of_moment(text: str) -> datetime:
    """The last instant of the day, minute or second that was named: what was recorded within it is included."""
    start, unit = _moment(text)
    return start + unit - timedelta(microseconds=1) if unit else start


def _moment(text: str) -> tuple[datetime, timedelta]:
    """The moment, and how long the unit it was named to lasts (none for a bare date, which is its end already)."""
    for layout, unit in (("%Y-%m-%dT%H:%M", timedelta(minutes=1)), ("%Y-%m-%dT%H:%M:%S", timedelta(seconds=1))):
        try:
            return datetime.strptime(text, layout), unit  # noqa: DTZ007 - school local time is naive by design
        except ValueError:
            continue
    try:
        return datetime.combine(date.fromisoformat(text), LAST_SECOND), timedelta()
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a moment; write YYYY-MM-DD or YYYY-MM-DDTHH:MM") from None


def _half(text: str) -> Half:
    try:
        return Half(text.upper())
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a half of the day; write AM or PM") from None


def _times(text: str) -> RegisterTimes:
    try:
        opens, closes = (time.fromisoformat(part.strip()) for part in text.split("-"))
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” are not register times; write them as 08:45-09:15") from None
    return RegisterTimes(opens, closes)


def _whole(least: int, most: int) -> Callable[[str], int]:
    def whole(text: str) -> int:
        if not text.isdigit() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"“{text}” is not a whole number from {least} to {most}")
        return int(text)

    return whole


def _hexadecimal(text: str) -> str:
    wanted = text.strip().lower().replace(" ", "")
    if not wanted or any(letter not in "0123456789abcdef" for letter in wanted):
        raise argparse.ArgumentTypeError(f"“{text}” is not a chain head; it is written in hexadecimal")
    return wanted

"""What the door is asked: commands and their arguments. A fault in them is a `Refused`, not an exit."""

from __future__ import annotations

import argparse

from desktop_app.cli.kinds import (
    PUPIL,
    Adder,
    Parser,
    choice,
    day,
    file,
    half,
    hexadecimal,
    times,
    whole,
)
from desktop_app.cli.rooms import ROOMS
from desktop_app.domain.imports import ImportKind
from desktop_app.domain.school import Phase, SchoolType
from desktop_app.domain.staff import Role


def parser() -> Parser:
    """Every command of the door, its arguments and what they mean."""
    top = Parser(
        prog="python -m desktop_app",
        description="Rollbook without its window. Prints one JSON value.",
        allow_abbrev=False,
    )
    top.add_argument("--store", type=file, help="the school’s file")
    top.add_argument("--user", help="the name to sign in with")
    commands = top.add_subparsers(dest="command", required=True, parser_class=Parser)

    def command(name: str, words: str) -> Parser:
        made = commands.add_parser(name, help=words, description=words, allow_abbrev=False)
        made.add_argument("--store", type=file, default=argparse.SUPPRESS, help="the school’s file")
        made.add_argument("--user", default=argparse.SUPPRESS, help="the name to sign in with")
        return made

    for add in (_demo, _new, _import, _mark, _check, _backup, *(room.add for room in ROOMS)):
        add(command)
    return top


def _demo(command: Adder) -> None:
    demo = command("demo", "make a demo school with generated names")
    demo.add_argument("--out", type=file, required=True)
    demo.add_argument("--pupils", type=whole, default=210)
    demo.add_argument("--years", type=whole, default=3, help="school years, this one and those before it")
    demo.add_argument("--seed", type=whole, default=1, help="the same seed, size and day make the same school")
    demo.add_argument("--today", type=day, help="the day on which the demo stands, YYYY-MM-DD; today if left out")


def _new(command: Adder) -> None:
    new = command("new", "make a school")
    new.add_argument("--name", required=True)
    new.add_argument("--la", required=True, help="the key of an authority pack")
    choice(new, "--type", SchoolType, required=True)
    choice(new, "--phase", Phase, required=True)
    new.add_argument("--calendar", type=file, required=True, help="CSV: kind,name,start,end[,half,years,classes]")
    new.add_argument("--am", type=times, default=times("08:45-09:15"), help="when the morning register opens-closes")
    new.add_argument("--pm", type=times, default=times("13:00-13:15"), help="the same of the afternoon")
    new.add_argument("--position", default="", help="the position of the first member of staff, in words")
    choice(new, "--role", Role, default=Role.HEADTEACHER)


def _import(command: Adder) -> None:
    bring = command("import", "bring in pupils, marks, a calendar or figures from CSV or .xlsx, all or nothing")
    choice(bring, "subject", ImportKind)
    bring.add_argument("file", type=file)
    bring.add_argument("--dry-run", action="store_true", help="say what would come of it, and write nothing")
    bring.add_argument("--from", dest="first", type=day, help="the day from which new classes and years hold")


def _mark(command: Adder) -> None:
    mark = command("mark", "make one mark in the register")
    mark.add_argument("--pupil", required=True, help=PUPIL)
    mark.add_argument("--date", type=day, required=True, help="YYYY-MM-DD")
    mark.add_argument("--half", type=half, required=True, metavar="AM|PM")
    what = mark.add_mutually_exclusive_group(required=True)
    what.add_argument("--code", help="an attendance code")
    what.add_argument("--clear", action="store_true", help="make the session blank again, in an open register only")
    mark.add_argument("--minutes", type=whole, help="minutes late, with L or U")
    mark.add_argument("--note", default="", help="what it was; K, B and Y7 need it")
    mark.add_argument("--reason", default="", help="why a closed register changes")


def _check(command: Adder) -> None:
    check = command("check", "check the whole store against its history and audit chain")
    check.add_argument("--head", type=hexadecimal, help="an earlier chain head: is it still in the chain?")


def _backup(command: Adder) -> None:
    backup = command("backup", "make a verified copy")
    backup.add_argument("--out", type=file, required=True)

"""Opening the door: sign in, run one command, print its one JSON value, and end with the code that says how it went."""

from __future__ import annotations

import getpass
import json
import os
import sys
import traceback
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TextIO

from desktop_app.cli import commands, packs
from desktop_app.cli.answers import Answer
from desktop_app.cli.arguments import parser
from desktop_app.cli.commands import Door
from desktop_app.domain.errors import Locked, Refused, WrongPassword
from desktop_app.domain.rulebook import Rulebook
from desktop_app.ports import Clock, StoreHouse

DONE, BUG, REFUSED, SHUT = 0, 1, 2, 3
STOPPED = "Stopped before the end: what was not finished was not kept."
LOST = "The command was carried out as its exit code says, but its answer could not be printed."
NOBODY_TO_ASK = "No password: set ROLLBOOK_PASSWORD, or run the command in a terminal to be asked for it."


class NoPassword(WrongPassword):
    """There is nobody to ask for the password."""

    def __init__(self) -> None:
        Refused.__init__(self, NOBODY_TO_ASK)


def run(argv: Sequence[str], house: StoreHouse, rulebook: Rulebook, clock: Clock) -> int:
    """Run one command and return its exit code: 0 done, 1 a fault of ours, 2 refused, 3 locked or not signed in."""
    try:
        asked = parser().parse_args(argv)
        answer = _answer(asked, house, rulebook, clock)
    except (WrongPassword, Locked) as shut:
        return _end(SHUT, {"error": str(shut)}, str(shut))
    except Refused as refused:
        return _end(REFUSED, {"error": str(refused)}, str(refused))
    except OSError as fault:
        words = _disk_words(fault)
        return _end(REFUSED, {"error": words}, words)
    except KeyboardInterrupt:
        return _end(REFUSED, {"error": STOPPED}, STOPPED)
    except Exception as fault:  # noqa: BLE001 - the last door: whatever it was, one value and one code leave by it
        words = f"A fault in Rollbook ({_where(fault)}). Nothing was changed by this command."
        return _end(BUG, {"error": words}, words)
    return _end(answer.code, answer.value, *answer.words)


def _answer(asked: Namespace, house: StoreHouse, rulebook: Rulebook, clock: Clock) -> Answer:
    door = Door(house, rulebook, clock)
    if asked.command == "packs":
        return packs.listed(rulebook)
    if asked.command == "pack":
        return packs.check(rulebook, asked)
    if asked.command == "demo":
        return commands.demo(door, asked)
    store = asked.store
    if store is None:
        raise Refused("Say which school: --store FILE.")
    user = asked.user or os.environ.get("ROLLBOOK_USER") or None
    if asked.command == "new":
        return commands.new(door, asked, store, user, _password(new=True))
    return commands.with_store(door, asked, store, user, lambda: _password(new=False))


def _password(*, new: bool) -> str:
    """The password from the environment, else asked for where there is a terminal; twice for a new one."""
    given = os.environ.get("ROLLBOOK_PASSWORD")
    if given is not None:
        return given
    if sys.stdin is None or not sys.stdin.isatty():  # pyright: ignore[reportUnnecessaryComparison] - no console
        raise NoPassword
    try:
        typed = getpass.getpass("Password: ")
        if new and getpass.getpass("The same again: ") != typed:
            raise Refused("The two passwords are not the same.")
    except EOFError:
        raise NoPassword from None
    return typed


def _disk_words(fault: OSError) -> str:
    """What the disk refused, in words: the file by its name alone, and the system's reason."""
    name = Path(fault.filename).name if isinstance(fault.filename, str) else ""
    return f"{name or 'The disk'} cannot be used: {fault.strerror or 'it does not answer'}."


def _where(fault: Exception) -> str:
    """Where a fault arose, without a word of what it was about: messages can hold names."""
    frames = traceback.extract_tb(fault.__traceback__)
    last = frames[-1] if frames else None
    return f"{type(fault).__name__}, {Path(last.filename).name}:{last.lineno}" if last else type(fault).__name__


def _end(code: int, value: Mapping[str, object] | Sequence[object], *words: str) -> int:
    """Print one JSON value in UTF-8, whatever the console is, and the sentences to the error output."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    if not _say(sys.stdout, text):
        code, words = code or BUG, (*words, LOST)
    for sentence in words:
        _say(sys.stderr, sentence)
    return code


def _say(stream: TextIO | None, text: str) -> bool:
    """Write a line as UTF-8; says whether it could be written. What no UTF-8 can hold came from the command line."""
    if stream is None:
        return False
    try:
        stream.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
        stream.buffer.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # or the interpreter complains of it as it ends
        return False
    return True

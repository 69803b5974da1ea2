"""The rooms behind the door: what can be typed is what runs, and the other way round."""

from __future__ import annotations

from argparse import _SubParsersAction  # pyright: ignore[reportPrivateUsage]

from desktop_app.cli.arguments import parser
from desktop_app.cli.commands import COMMANDS
from desktop_app.cli.kinds import Parser
from desktop_app.cli.rooms import ROOMS

WITHOUT_A_SCHOOL = {"demo", "new", "packs", "pack"}


def words_of(top: Parser) -> set[str]:
    """Every command that can be typed; one of two words by both."""
    found: set[str] = set()
    for action in top._actions:
        if isinstance(action, _SubParsersAction):
            for name, below in action.choices.items():
                parts = words_of(below)
                found |= {f"{name} {part}" for part in parts} or {name}
    return found


def test_every_command_that_can_be_typed_runs_and_none_runs_that_cannot() -> None:
    assert words_of(parser()) == COMMANDS.keys() | WITHOUT_A_SCHOOL


def test_no_command_is_in_two_rooms() -> None:
    names = [name for room in ROOMS for name in room.runs]
    assert len(names) == len(set(names))
    assert set(names) < COMMANDS.keys()

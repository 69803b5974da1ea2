"""The door, opened in this process: what it printed, and the code it ended with."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from db.house import House
from desktop_app import cli
from desktop_app.domain.rulebook import Rulebook
from tests.support.clock import StillClock
from tests.support.schools import PASSWORD


@dataclass
class Ran:
    """What one command came to."""

    code: int
    value: Any
    errors: str


Run = Callable[..., Ran]


@pytest.fixture
def run(
    house: House,
    rulebook: Rulebook,
    clock: StillClock,
    capfdbinary: pytest.CaptureFixture[bytes],
    monkeypatch: pytest.MonkeyPatch,
) -> Run:
    """Run one command with the password in the environment."""
    monkeypatch.setenv("ROLLBOOK_PASSWORD", PASSWORD)
    monkeypatch.delenv("ROLLBOOK_USER", raising=False)

    def door(*argv: object) -> Ran:
        code = cli.run([str(word) for word in argv], house, rulebook, clock)
        printed = capfdbinary.readouterr()
        return Ran(code, json.loads(printed.out.decode("utf-8")), printed.err.decode("utf-8"))

    return door

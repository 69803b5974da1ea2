"""The program as an IT technician runs it: a process of its own, the password in the environment, JSON out.

`inside` opens the same door in the test's own process: for what is only looked at, without a second's start each time.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from db.house import House
from db.keys import KdfCost
from desktop_app import cli, paths, rulebook
from desktop_app.__main__ import now
from desktop_app.domain.rulebook import Rulebook
from desktop_app.ports import Clock

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "velvet-harbour-ninety-crane"


@dataclass(frozen=True)
class Answer:
    """What one command came to."""

    code: int
    value: Any
    errors: str


def rollbook(*words: object, password: str | None = PASSWORD, user: str = "", cwd: Path = ROOT) -> Answer:
    """Run one command. Whatever it was, there is one JSON value and no traceback."""
    environment = {name: text for name, text in os.environ.items() if not name.startswith("ROLLBOOK_")}
    environment["PYTHONPATH"] = str(ROOT)
    if password is not None:
        environment["ROLLBOOK_PASSWORD"] = password
    if user:
        environment["ROLLBOOK_USER"] = user
    command = [sys.executable, "-m", "desktop_app", *(str(word) for word in words)]
    done = subprocess.run(
        command, cwd=cwd, env=environment, capture_output=True, stdin=subprocess.DEVNULL, timeout=120, check=False
    )
    errors = done.stderr.decode("utf-8")
    assert "Traceback" not in errors, errors
    assert done.returncode in (0, 2, 3), errors
    return Answer(done.returncode, json.loads(done.stdout.decode("utf-8")), errors)


def done(*words: object, **more: Any) -> Any:
    """Run one command that must succeed, and return what it printed."""
    answer = rollbook(*words, **more)
    assert answer.code == 0, answer.value
    return answer.value


def inside(*words: object, password: str = PASSWORD, clock: Clock = now) -> Answer:
    """Run one command in this process, with new passwords that are cheap to try."""
    out, errors = (io.TextIOWrapper(io.BytesIO(), encoding="cp1252", errors="strict") for _ in range(2))
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(errors):
        patch.setenv("ROLLBOOK_PASSWORD", password)
        patch.delenv("ROLLBOOK_USER", raising=False)
        house = House(kdf=KdfCost(memory_kib=64, passes=1, lanes=1))
        code = cli.run([str(word) for word in words], house, _rulebook(), clock)
    printed, said = (stream.buffer.getvalue().decode("utf-8") for stream in (out, errors))  # type: ignore[attr-defined]
    assert code in (0, 2, 3), said
    assert "Traceback" not in said
    return Answer(code, json.loads(printed), said)


@cache
def _rulebook() -> Rulebook:
    return rulebook.load(paths.resources())

"""The smoke run, as a built program does it, and that it can fail."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from desktop_app.cli import smoke
from tests.support.clock import StillClock


@pytest.mark.parametrize(
    "now", [datetime(2026, 11, 20, 8, 50), datetime(2027, 9, 1, 0, 5), datetime(2026, 8, 31, 23, 0)]
)
def test_it_passes_on_any_day_and_leaves_nothing(now, house, rulebook, capsys, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert smoke.run(house, rulebook, StillClock(now)) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "encrypted store made"
    assert said[-1] == "smoke run passed"
    assert len(said) == 9
    assert not list(tmp_path.iterdir())


def test_it_fails_in_words_and_with_a_code(house, rulebook, clock, capsys):
    assert smoke.run(house, replace(rulebook, packs={}), clock) == 1
    assert capsys.readouterr().out.startswith("FAILED: Refused: There is no authority pack")

"""Every place at 200 % and on the smallest common screen: what must be pressed can be seen. In a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("scale", "width", "height"),
    [(1, 1366, 768), (2, 1366, 768), (1.25, 1093, 614)],
    ids=["1366x768", "200 %", "125 % on 1366x768"],
)
def test_what_must_be_pressed_can_be_seen(scale: float, width: int, height: int, tmp_path: Path) -> None:
    found = look(scale, width, height, tmp_path)
    assert found.pop("ratio") == pytest.approx(scale)
    assert found.pop("size") == [width, height]
    assert {place: cut for place, cut in found.items() if cut} == {}


def test_a_window_too_small_for_it_would_be_noticed(tmp_path: Path) -> None:
    assert look(1, 420, 300, tmp_path)["welcome"] == ["Try the demo school"]


@pytest.mark.parametrize("scale", [1, 2])
@pytest.mark.parametrize("height", [384, 305], ids=["whole screen", "under a title bar and over a task bar"])
def test_at_200_per_cent_on_the_smallest_screen_everything_is_in_sight_or_comes_with_tab(
    scale: int, height: int, tmp_path: Path
) -> None:
    found = look(scale, 683, height, tmp_path, "reach")
    assert found.pop("ratio") == pytest.approx(scale)
    assert found.pop("size") == [683, height]
    assert {place: lost for place, lost in found.items() if lost} == {}


def look(scale: float, width: int, height: int, tmp_path: Path, module: str = "sight") -> dict[str, object]:
    """What is cut off, as another process saw it at that scale and size."""
    environment = os.environ | {"QT_SCALE_FACTOR": str(scale), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", f"tests.screens.{module}", str(tmp_path), str(width), str(height)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])

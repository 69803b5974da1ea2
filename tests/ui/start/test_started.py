"""The program as it is started: where there is no screen, and where somebody thinks better of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from threading import Timer

import pytest

from desktop_app.__main__ import REFUSED
from ui.app import NO_SCREEN, has_screen

ROOT = Path(__file__).resolve().parents[3]
OF_A_SCREEN = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
@pytest.mark.parametrize("words", [[], ["--demo"], ["--store", "school.rollbook"]])
def test_without_a_screen_one_sentence_says_so(tmp_path: Path, words: list[str]) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in OF_A_SCREEN}
    environment |= {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    command = [sys.executable, "-m", "desktop_app", *words]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{NO_SCREEN}\n")
    assert list(tmp_path.iterdir()) == []


LOOKED = """
import gc
from desktop_app.__main__ import main
looks = []
gc.callbacks.append(lambda phase, about: looks.append(about["generation"]))
print(main([]), looks.count(2), gc.isenabled(), gc.get_freeze_count() > 100_000)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a screen")
def test_what_is_loaded_is_not_looked_through_for_garbage(tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in OF_A_SCREEN}
    environment |= {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    command = [sys.executable, "-c", LOOKED]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout == "2 0 True True\n"


@pytest.mark.parametrize("name", OF_A_SCREEN)
def test_any_of_three_names_a_screen(name: str) -> None:
    assert has_screen({name: "x"})
    assert has_screen({name: ""}) == (not sys.platform.startswith("linux"))


@pytest.mark.skipif(os.name != "posix", reason="no signal to send")
@pytest.mark.parametrize("module", ["sqlalchemy", "db.engine", "desktop_app.rulebook"])
def test_ctrl_c_while_it_starts_ends_in_a_word(tmp_path: Path, module: str) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)}
    # Each import is told on stderr as it is done, so the moment can be chosen.
    command = [sys.executable, "-X", "importtime", "-m", "desktop_app"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as program:
        assert program.stderr is not None
        late = Timer(60.0, program.kill)
        late.start()
        for line in program.stderr:
            if line.rstrip().endswith(f" {module}"):
                program.send_signal(signal.SIGINT)
                break
        said = [line for line in program.stderr if not line.startswith("import time:")]
        late.cancel()
    # Run as a module, the interpreter ends by the signal itself where Ctrl+C fell into source being built, as data
    # classes are, even though it was answered: the word is then all there is to go by.
    assert said == ["Stopped.\n"]
    assert program.returncode in {REFUSED, -signal.SIGINT}

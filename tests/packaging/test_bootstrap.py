"""The one command that needs nothing but Python: what it asks for, and what it says where it cannot go on."""

from __future__ import annotations

import ast
import importlib.util
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SCRIPT = ROOT / "packaging" / "bootstrap.py"


@pytest.fixture
def bootstrap():
    spec = importlib.util.spec_from_file_location("rollbook_bootstrap", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_an_old_python_can_read_it():
    ast.parse(SCRIPT.read_text("utf-8"), feature_version=(3, 7))


def test_it_imports_only_the_standard_library():
    tree = ast.parse(SCRIPT.read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


def test_without_a_command_it_says_which_there_are():
    done = subprocess.run([sys.executable, str(SCRIPT)], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    for command in ("demo", "run", "test", "build", "env"):
        assert f"bootstrap.py {command} " in done.stdout


def test_it_asks_for_what_the_project_asks_for(bootstrap):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert bootstrap.requirements(()) == project["dependencies"]
    assert set(project["optional-dependencies"]["dev"]) < set(bootstrap.requirements(("dev",)))


def test_what_is_installed_is_not_installed_again(bootstrap, tmp_path, monkeypatch):
    calls = []
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / "stamp.json")
    monkeypatch.setattr(bootstrap, "works", lambda _: True)
    monkeypatch.setattr(bootstrap.subprocess, "call", lambda command: calls.append(command) or 0)
    bootstrap.environment("dev")
    bootstrap.environment()
    assert len(calls) == 1
    bootstrap.environment("package")
    assert len(calls) == 2
    assert any(word.startswith("pyinstaller") for word in calls[1])


def test_a_failed_installation_is_said_and_tried_again(bootstrap, tmp_path, monkeypatch):
    monkeypatch.setattr(bootstrap, "STAMP", tmp_path / "stamp.json")
    monkeypatch.setattr(bootstrap, "works", lambda _: True)
    monkeypatch.setattr(bootstrap.subprocess, "call", lambda command: 1)
    with pytest.raises(bootstrap.Stop, match="online"):
        bootstrap.environment()
    assert bootstrap.installed() == []


@pytest.mark.skipif(sys.platform != "linux", reason="system libraries are asked after on Linux alone")
def test_missing_libraries_that_may_not_be_installed_are_one_line_to_run(bootstrap, monkeypatch):
    monkeypatch.setattr(bootstrap, "loads", lambda name: name != "libxcb-cursor.so.0")
    monkeypatch.setattr(bootstrap.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: "/usr/bin/apt-get" if name == "apt-get" else None)
    with pytest.raises(bootstrap.Stop) as stop:
        bootstrap.system_libraries()
    assert str(stop.value).splitlines()[-1].strip() == (
        "sudo apt-get install -y --no-install-recommends libxcb-cursor0"
    )


@pytest.mark.skipif(sys.platform != "linux", reason="a display is asked after on Linux alone")
def test_no_display_is_said_plainly(bootstrap, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap, "environment", lambda: Path(sys.executable))
    monkeypatch.setattr(bootstrap, "system_libraries", lambda: None)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(ROOT)
    assert bootstrap.main(["demo"]) == 1
    assert "no display" in capsys.readouterr().err


def test_a_python_too_old_or_too_new_will_not_do(bootstrap, monkeypatch, capsys):
    assert [bootstrap.suitable(version) for version in ((3, 10), (3, 11), (3, 14), (3, 15))] == [
        False,
        True,
        True,
        False,
    ]
    monkeypatch.setattr(bootstrap.shutil, "which", lambda name: None)
    assert bootstrap.with_another_python(["demo"]) == 1
    assert "needs Python 3.11 to 3.14" in capsys.readouterr().err

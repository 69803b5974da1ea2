"""Build the frozen program with PyInstaller, then let it prove itself: the smoke run, the door, and a window.

Run it through `packaging/bootstrap.py build`. What it leaves is `dist/Rollbook`, a folder that needs no Python.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DIST = ROOT / "dist"
FOLDER = DIST / "Rollbook"
WINDOW_SECONDS = 20
SMOKE_SECONDS = 180


def main() -> int:
    """Build and prove; the exit code says whether all of it went well."""
    if freeze():
        print("The program could not be built: see above.")
        return 1
    print(f"Built {FOLDER}: {size(FOLDER) / 1e6:.0f} MB in {sum(1 for _ in FOLDER.rglob('*'))} files.", flush=True)
    wrong = [name for name, proof in (("smoke run", smoke), ("window", window)) if not proof()]
    print(f"FAILED: {', '.join(wrong)}" if wrong else "The built program is whole.", flush=True)
    return int(bool(wrong))


def freeze() -> int:
    """Run PyInstaller."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    folders = ["--distpath", str(DIST), "--workpath", str(ROOT / "build")]
    return subprocess.call([*command, *folders, str(ROOT / "packaging" / "rollbook.spec")], cwd=ROOT)


def program(name: str) -> str:
    """The path of a built program."""
    return str(FOLDER / (f"{name}.exe" if os.name == "nt" else name))


def bare() -> dict[str, str]:
    """The environment without anything of this checkout's Python, and with nothing to draw on."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    return {**kept, "QT_QPA_PLATFORM": "offscreen"}


def smoke() -> bool:
    """Both programs pass the smoke run, away from this checkout."""
    with tempfile.TemporaryDirectory() as elsewhere:
        codes = [
            subprocess.call([program(name), "--smoke"], cwd=elsewhere, env=bare(), timeout=SMOKE_SECONDS)
            for name in ("rollbook-console", "Rollbook")
        ]
    return codes == [0, 0]


def window() -> bool:
    """The window opens on a demo school and stays open: it is still there after a while, and said nothing."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        settings = {**bare(), "XDG_DATA_HOME": home, "LOCALAPPDATA": home}
        opened = subprocess.Popen(
            [program("Rollbook"), "--demo"], cwd=home, env=settings, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        )
        try:
            time.sleep(WINDOW_SECONDS)
            stayed = opened.poll() is None
        finally:
            opened.kill()
        said = opened.communicate()[1].strip()
        logs = [log.read_text("utf-8") for log in Path(home).rglob("*.log") if log.stat().st_size]
    for words in (said, *logs):
        if words:
            print(words)
    return stayed and not said and not logs


def size(folder: Path) -> int:
    """The bytes of all files of a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


if __name__ == "__main__":
    sys.exit(main())

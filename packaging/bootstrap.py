"""Run, test or build Rollbook from its source with nothing but Python: makes `.venv` in the root and uses it.

    python3 packaging/bootstrap.py demo        a window on a demo school
    python3 packaging/bootstrap.py run         the window on your own school
    python3 packaging/bootstrap.py test        every check and test; arguments go on to pytest
    python3 packaging/bootstrap.py build       the frozen program in dist/, with its smoke run
    python3 packaging/bootstrap.py env         only the environment

On Windows the same with `py` instead of `python3`.
On Debian and Ubuntu the few system libraries that Qt needs are installed where that is allowed; else the line to run
is said. This file uses the standard library only, and is written so that an old Python can read it and say so.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "rollbook-libraries.json"
OLDEST, TOO_NEW = (3, 11), (3, 15)
WORKERS = "2"
LIBRARIES = {
    # What Qt's widgets, their X11 platform and the off-screen one load, and the Debian package each comes in.
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}
CHECKS = (
    ("ruff check", ["-m", "ruff", "check", "."]),
    ("ruff format", ["-m", "ruff", "format", "--check", "."]),
    ("pyright", ["-m", "pyright"]),
    ("floors (import-linter)", ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"]),
)


class Stop(Exception):  # noqa: N818 - what happened, not what kind of class it is
    """Something a person must do first; the message says what."""


def main(arguments: list[str]) -> int:
    """Do what the first argument says and return the exit code."""
    commands = {"demo": demo, "run": run, "test": test, "build": build, "env": environment_only}
    command = commands.get(arguments[0]) if arguments else None
    if command is None:
        print(__doc__)
        return 2
    if not suitable(sys.version_info[:2]):
        return with_another_python(arguments)
    os.chdir(ROOT)
    try:
        return command(arguments[1:])
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1


def demo(arguments: list[str]) -> int:
    """Open the window on a fresh demo school."""
    return run(["--demo", *arguments])


def run(arguments: list[str]) -> int:
    """Open the window, or run a command of the headless door."""
    python = environment()
    system_libraries()
    needs_screen = not arguments or arguments[0].startswith("--")
    if needs_screen and sys.platform.startswith("linux") and not screen():
        raise Stop("There is no display to open a window on. Commands such as `demo --out FILE` work without one.")
    return subprocess.call([str(python), "-m", "desktop_app", *arguments])


def test(arguments: list[str]) -> int:
    """Run every check, then the tests; pytest's own summary comes last unless a check failed."""
    python = environment("dev")
    system_libraries()
    failed = [name for name, command in CHECKS if not check(name, [str(python), *command])]
    settings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    code = subprocess.call([str(python), "-m", "pytest", "-n", WORKERS, *arguments], env=settings)
    if failed:
        print(f"Failed besides the tests: {', '.join(failed)} (see above).", flush=True)
    return code or int(bool(failed))


def build(arguments: list[str]) -> int:
    """Build the frozen program and let it prove itself."""
    python = environment("package")
    system_libraries()
    return subprocess.call([str(python), str(ROOT / "packaging" / "build.py"), *arguments])


def environment_only(_: list[str]) -> int:
    """Make the environment for development, and say where it is."""
    print(f"Ready: {environment('dev', 'package')}")
    return 0


def check(name: str, command: list[str]) -> bool:
    """Run one check; its words are shown only where it finds something."""
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)
    print(f"{name}: {'passed' if done.returncode == 0 else 'FAILED'}", flush=True)
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


def screen() -> bool:
    """Whether there is somewhere to draw."""
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def suitable(version: tuple[int, ...]) -> bool:
    """Whether the libraries can be had for that Python."""
    return OLDEST <= version < TOO_NEW


def with_another_python(arguments: list[str]) -> int:
    """Go on under a Python that will do, if this machine has one."""
    for minor in range(TOO_NEW[1] - 1, OLDEST[1] - 1, -1):
        name = f"python3.{minor}"
        launcher = ["py", f"-3.{minor}"] if os.name == "nt" else [name]
        if shutil.which(launcher[0]) and subprocess.call([*launcher, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            return subprocess.call([*launcher, str(Path(__file__).resolve()), *arguments])
    have = ".".join(str(part) for part in sys.version_info[:2])
    newest = f"3.{TOO_NEW[1] - 1}"
    print(f"Rollbook needs Python 3.11 to {newest}, and this is {have}. Install one and try again.", file=sys.stderr)
    return 1


def environment(*extras: str) -> Path:
    """The Python of `.venv`, with the project's libraries; installs only what changed since the last time."""
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not works(python):
        make_venv()
    wanted, known = requirements(extras), installed()
    if not set(wanted) <= set(known):
        print("Installing the libraries Rollbook needs (some minutes, the first time only) ...", flush=True)
        command = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "-qq", *wanted]
        if subprocess.call(command):
            raise Stop("The libraries could not be installed: see above. Is this machine online?")
        STAMP.write_text(json.dumps(sorted({*known, *wanted}), indent=1), "utf-8")
    return python


def requirements(extras: tuple[str, ...]) -> list[str]:
    """What `pyproject.toml` asks for, with those extras."""
    import tomllib  # noqa: PLC0415 - not there before Python 3.11

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return [*project["dependencies"], *(line for extra in extras for line in project["optional-dependencies"][extra])]


def installed() -> list[str]:
    """The requirements that were installed into this `.venv`, as `pyproject.toml` had them."""
    try:
        return list(json.loads(STAMP.read_text("utf-8")))
    except (OSError, ValueError):
        return []


def works(python: Path) -> bool:
    """Whether `.venv` has a Python that runs and will do."""
    if not python.exists():
        return False
    asked = [str(python), "-c", "import pip, sys; print(*sys.version_info[:2])"]
    try:
        said = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split()
    except (OSError, subprocess.CalledProcessError):
        return False
    return suitable(tuple(int(part) for part in said))


def make_venv() -> None:
    """Make `.venv` anew."""
    try:
        import ensurepip  # noqa: F401, PLC0415 - Debian leaves it out of its Python
    except ImportError:
        apt(["python3-venv"], "The part of Python that makes environments is missing.")
    print("Making the environment .venv ...", flush=True)
    if subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)]):
        raise Stop("The environment .venv could not be made: see above.")


def system_libraries() -> None:
    """On Linux, make sure that the libraries Qt loads are there."""
    if not sys.platform.startswith("linux"):
        return
    missing = [name for name in LIBRARIES if not loads(name)]
    if not missing:
        return
    if shutil.which("apt-get") is None:
        raise Stop(f"Qt needs system libraries that are not installed: {', '.join(missing)}.")
    apt(sorted({LIBRARIES[name] for name in missing}), "Qt needs a few system libraries that are not installed.")


def loads(name: str) -> bool:
    """Whether the system has that shared library."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def apt(packages: list[str], why: str) -> None:
    """Install Debian packages where that is allowed without asking; else say the line that does it."""
    line = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    before = [] if os.geteuid() == 0 else ["sudo", "-n"]
    allowed = not before or (shutil.which("sudo") and not quietly(["sudo", "-n", "true"]))
    if allowed and shutil.which("apt-get"):
        print(f"{why} Installing {', '.join(packages)} ...", flush=True)
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        if not quietly([*before, *line], quiet) or not (
            quietly([*before, "apt-get", "update"], quiet) or quietly([*before, *line], quiet)
        ):
            return
    raise Stop(f"{why} Run this once and try again:\n    sudo {' '.join(line)}")


def quietly(command: list[str], settings: dict[str, str] | None = None) -> int:
    """Run a command without its chatter and return its exit code."""
    return subprocess.call(command, env=settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The roof: introduces the store, the law and the clock to the window or a command. It wires, and decides nothing."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from desktop_app import paths
from desktop_app.loading import loading

SMOKE = "--smoke"
"""A built program proves itself with this; see `cli/smoke.py`."""
STOPPED = "Stopped."
REFUSED = 2
WINDOW_ARGUMENTS = {"--demo", "--store"}


def now() -> datetime:
    """The time of day, aware."""
    return datetime.now(UTC)


def main(argv: Sequence[str]) -> int:
    """Open the window (no command), or run one command; return the exit code."""
    try:
        return _run(argv)
    except KeyboardInterrupt:
        sys.stderr.write(f"{STOPPED}\n")
        return REFUSED


def _run(argv: Sequence[str]) -> int:
    # Loaded only here, so that Ctrl+C finds somebody to answer it from the first moment.
    with loading():
        from db.house import House  # noqa: PLC0415
        from desktop_app.rulebook import load  # noqa: PLC0415

        rulebook = load(paths.resources())
    house = House()
    if wants_window(argv):
        with loading():
            from ui.app import open_window  # noqa: PLC0415 - no command but the window may load Qt

        return open_window(argv, house, rulebook, now)
    if argv[0] == SMOKE:
        from desktop_app.cli import smoke  # noqa: PLC0415 - nothing else has a use for it

        return smoke.run(house, rulebook, now)
    with loading():
        from desktop_app import cli  # noqa: PLC0415 - the window has no use for it

    return cli.run(argv, house, rulebook, now)


def wants_window(argv: Sequence[str]) -> bool:
    """True where no command is named: nothing at all, `--demo`, or only a school's file."""
    words = list(argv)
    while words and words[0] in WINDOW_ARGUMENTS:
        del words[: 2 if words[0] == "--store" else 1]
    return not words


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

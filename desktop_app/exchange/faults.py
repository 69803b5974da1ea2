"""What is wrong with a file, gathered row by row so that all of it can be said at once."""

from __future__ import annotations

from desktop_app.domain.imports import Rejection

LISTED = 1_000
"""How many rejections a report lists; the rest are only counted."""

SHOWN = 80
"""How much of a bad value is shown, in characters."""


class Faults:
    """The rejections of one file, in the order found, and its warnings; a row with several is one rejected row."""

    def __init__(self) -> None:
        self.rejected: list[Rejection] = []
        self.rows = 0
        self._row: int | None = None
        self._warnings: dict[str, None] = {}

    def reject(self, row: int, column: str, value: str, why: str) -> None:
        """Reject one value. `row` is the file's own row number, `column` its heading, `why` a plain sentence."""
        if row != self._row:
            self.rows += 1
            self._row = row
        self._list(Rejection(row, column, shown(value), why))

    def reject_file(self, column: str, why: str) -> None:
        """Say what is wrong with the file as a whole; each of its rows is then counted by `reject_unread`."""
        self._list(Rejection(None, column, "", why))

    def reject_unread(self) -> None:
        """Count a row that is rejected only because the whole file is."""
        self.rows += 1

    def warn(self, words: str) -> None:
        """Add a warning, once."""
        self._warnings[words] = None

    @property
    def warnings(self) -> tuple[str, ...]:
        """The warnings, in the order first given."""
        return tuple(self._warnings)

    def _list(self, rejection: Rejection) -> None:
        if len(self.rejected) < LISTED:
            self.rejected.append(rejection)


def shown(value: str) -> str:
    """A bad value as it may be shown: on one line, control characters as `␀` and the like, cut at `SHOWN`."""
    plain = "".join(_visible(letter) for letter in value[: SHOWN + 1])
    return plain if len(value) <= SHOWN else plain[:SHOWN] + "…"


def _visible(letter: str) -> str:
    code = ord(letter)
    if code < 0x20:
        return chr(0x2400 + code)
    return letter if letter.isprintable() else "�"

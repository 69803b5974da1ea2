"""What this PC remembers of the window between two days: the last school, the scheme, the size. No name of a child."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from ui.theme import SchemeChoice

_RECENT = 5


class Memory:
    """Reads and writes a small settings file beside the schools."""

    def __init__(self, home: Path) -> None:
        home.mkdir(parents=True, exist_ok=True)
        self._settings = QSettings(str(home / "window.ini"), QSettings.Format.IniFormat)

    def recent(self) -> tuple[Path, ...]:
        """The schools opened last, newest first, that are still there."""
        kept = str(self._settings.value("recent", "")).split("\n")
        return tuple(path for line in kept if line and (path := Path(line)).is_file())

    def remember_school(self, path: Path) -> None:
        """Put a school at the head of the list."""
        kept = [path.resolve(), *(old for old in self.recent() if old != path.resolve())]
        self._settings.setValue("recent", "\n".join(str(each) for each in kept[:_RECENT]))

    def scheme(self) -> SchemeChoice:
        """The scheme chosen on this PC."""
        kept = str(self._settings.value("scheme", SchemeChoice.SYSTEM.value))
        return SchemeChoice(kept) if kept in set(SchemeChoice) else SchemeChoice.SYSTEM

    def remember_scheme(self, choice: SchemeChoice) -> None:
        """Keep the scheme."""
        self._settings.setValue("scheme", choice.value)

    def geometry(self) -> QByteArray:
        """Where the window was; empty the first time."""
        kept = self._settings.value("geometry")
        return kept if isinstance(kept, QByteArray) else QByteArray()

    def remember_geometry(self, geometry: QByteArray) -> None:
        """Keep where the window was."""
        self._settings.setValue("geometry", geometry)

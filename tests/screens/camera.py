"""What a room of scenes needs of the gallery."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QWidget

from ui.app import Desk


class Camera(Protocol):
    """Takes the pictures."""

    desk: Desk
    school: Path

    def take(self, name: str, window: QWidget) -> None:
        """Take one, if it was asked for."""
        ...

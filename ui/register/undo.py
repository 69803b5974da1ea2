"""What can be undone: a deed of the register, named in words, with what it wrote."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtGui import QUndoCommand

from desktop_app.actions.register import Written


class MarkCommand(QUndoCommand):
    """One deed. The stack only keeps the order: undoing is a deed of its own that may be refused, so the desk does it
    first and tells the stack after. `reason` is why a closed register changed by it, if one did."""

    def __init__(self, text: str, written: Sequence[Written], class_name: str, monday: date, reason: str) -> None:
        super().__init__(text)
        self.written = tuple(written)
        self.class_name = class_name
        self.monday = monday
        self.reason = reason

    def undo(self) -> None:
        """Already done, and written, by the desk."""

    def redo(self) -> None:
        """Already done, and written, by the desk."""

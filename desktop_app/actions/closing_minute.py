"""On which side the closing minute of a register falls. In a module of its own, since every register reads it, and the
other settings of a school only their page."""

from __future__ import annotations

from desktop_app.domain.school import Setting
from desktop_app.ports import BookReading

CLOSING_MINUTE, LATE, ABSENT = "register.closing-minute", "late", "absent"
"""The setting and its values: L, or absent until seen and so U."""


def closing_minute_late(book: BookReading) -> bool:
    """Whether who comes in the closing minute of a register is late (L) and not absent until seen (U)."""
    return next((one.value for one in book.all(Setting) if one.key == CLOSING_MINUTE), LATE) != ABSENT

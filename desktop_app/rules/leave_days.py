"""Days of leave as people type them: `30/11, 1/12 PM, 2/12 to 4/12 AM`."""

from __future__ import annotations

from datetime import date

from desktop_app.domain.errors import Refused
from desktop_app.domain.leave import Span
from desktop_app.domain.sessions import Half
from desktop_app.rules.typed_when import read_day


def read_spans(text: str, today: date) -> tuple[Span, ...]:
    """The days that a text names, apart by commas; a half day with AM or PM after it. Raises `Refused`."""
    return tuple(_span(part, today) for part in text.split(",") if part.strip())


def _span(part: str, today: date) -> Span:
    first, to, last = part.partition(" to ")
    begins, half = _end(first, today)
    if not to:
        return Span(begins, begins, half or Half.AM, half or Half.PM)
    ends, last_half = _end(last, today)
    return Span(begins, ends, half or Half.AM, last_half or Half.PM)


def _end(text: str, today: date) -> tuple[date, Half | None]:
    words = text.strip()
    tail = words[-2:].upper()
    half = Half(tail) if tail in list(Half) else None
    bare = words[:-2].strip() if half else words
    if not bare:
        raise Refused("Type the days granted as 30/11, 1/12 PM, 2/12 to 4/12.")
    return read_day(bare, today), half

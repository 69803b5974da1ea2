"""The day on which the gallery stands still, and what its passwords cost."""

from __future__ import annotations

from datetime import datetime

from tests.support.clock import StillClock

DAY = datetime(2026, 11, 20, 8, 52)
CHEAP = (64, 1, 1)
clock = StillClock(DAY)

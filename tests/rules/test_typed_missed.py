"""How much more is missed, as it is typed in a look ahead."""

from __future__ import annotations

import pytest

from desktop_app.domain.errors import Refused
from desktop_app.rules.typed_missed import read_missed


@pytest.mark.parametrize(
    ("typed", "sessions"),
    [("5", 5), ("5 sessions", 5), ("2 days", 4), ("2½ days", 5), ("½ day", 1), ("1.5d", 3), (" 3  DAYS ", 6), ("0", 0)],
)
def test_what_is_typed(typed: str, sessions: int) -> None:
    assert read_missed(typed) == sessions


@pytest.mark.parametrize("typed", ["", "many", "-1", "1½", "2.5 sessions", "999 days", "days", "1 week"])
def test_what_cannot_be_read(typed: str) -> None:
    with pytest.raises(Refused):
        read_missed(typed)

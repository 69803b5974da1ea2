"""How wide the columns of the register are, from the letters they hold and the room there is."""

from __future__ import annotations

from dataclasses import dataclass

from ui.register.model import SESSIONS
from ui.theme import Theme
from ui.tokens import TextRole

WIDEST_DAY = "Wed 30 Sep · today"
USUAL_DAY = "Wed 30 Sep"


@dataclass(frozen=True, slots=True)
class Widths:
    """The width of the names, and of each column, in device-independent pixels."""

    names: int
    columns: tuple[int, ...]


def fit(theme: Theme, room: int, wanted_names: int) -> Widths:
    """Names whole where there is room: sessions shrink for them, from comfortable to narrow, before a name is cut. The
    rest goes to the bands."""
    small = theme.metrics(TextRole.SECONDARY_STRONG)
    narrow = small.horizontalAdvance(USUAL_DAY) // 2 + theme.space(2)
    wide = max(theme.space(15.5), small.horizontalAdvance(WIDEST_DAY) // 2 + theme.space(1))
    figure = theme.metrics().horizontalAdvance("100.0%") + theme.space(7)
    band = small.horizontalAdvance("◆ Persistent") + theme.space(9)
    least_names = theme.space(36)
    names = max(least_names, min(wanted_names, room - figure - band - SESSIONS * narrow))
    session = max(narrow, min(wide, (room - names - figure - band) // SESSIONS))
    rest = max(band, room - names - SESSIONS * session - figure)
    return Widths(names, (*[session] * SESSIONS, figure, rest, 0, 0, 0))


def fit_day(theme: Theme, room: int, wanted_names: int) -> Widths:
    """The day view: names whole, a wide mark, and what it is and its note beside it."""
    metrics = theme.metrics(TextRole.SECONDARY_STRONG)
    session = metrics.horizontalAdvance(WIDEST_DAY) + theme.space(4)
    late = theme.metrics().horizontalAdvance("000 min") + theme.space(5)
    names = max(theme.space(36), min(wanted_names, room // 2 - session))
    rest = max(theme.space(60), room - names - session - late)
    means = rest // 2
    return Widths(names, (*[session] * SESSIONS, 0, 0, means, late, rest - means))


def row_height(theme: Theme, *, day: bool) -> int:
    """Rows of the day view are half as high again, to be read and tapped from an arm's length."""
    return theme.row_height * 3 // 2 if day else theme.row_height

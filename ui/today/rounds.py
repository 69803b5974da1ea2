"""Where one is in the calling: the family that comes next, and the one that one was called away from."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.actions.calling import Family
from desktop_app.context import Context
from desktop_app.domain.errors import Refused

LEFT = "today"
"""The place of the draft that says which family was worked on last."""


def may_be_opened(family: Family) -> bool:
    """Whether the call card shows it: not a family on hold, nor to somebody who may not call."""
    return not (family.held or family.office_only)


def waits(family: Family) -> bool:
    """Whether it is still to be called in this round: nobody was reached today, and a number is untried; or there is
    no number at all, and nothing was done yet."""
    if family.reached or not may_be_opened(family):
        return False
    return not family.tried if family.dial is None else not family.dials.round_again


def beside(families: Sequence[Family], pupils: Sequence[int], by: int) -> Family | None:
    """The next family that can be opened, or with `by` -1 the one before, round the list; None where there is none."""
    here = _position(families, pupils)
    turned = families if here is None else [*families[here + 1 :], *families[:here]]
    return next((one for one in (turned if by > 0 else turned[::-1]) if may_be_opened(one)), None)


def next_to_call(families: Sequence[Family], pupils: Sequence[int], row: int) -> Family | None:
    """The family to call once that of these children was called, itself last; `row`: where it stood, if it is gone."""
    here = _position(families, pupils)
    start = row if here is None else here + 1
    turned = [*families[start:], *families[:start]]
    return next((one for one in turned if waits(one)), None)


def _position(families: Sequence[Family], pupils: Sequence[int]) -> int | None:
    return next((place for place, one in enumerate(families) if set(one.key) & set(pupils)), None)


def keep_left(context: Context, pupils: Sequence[int]) -> None:
    """Remember, in the store and for today, at which family one is; none: nowhere any more."""
    words = f"{context.today().isoformat()} {' '.join(map(str, pupils))}" if pupils else ""
    try:
        context.store.drafts.keep(LEFT, words, context.clock())
    except Refused:
        return  # the mark is a comfort: the file is being written by another job


def left_at(context: Context) -> tuple[int, ...]:
    """The children of the family one was called away from today; empty: none."""
    day, *pupils = context.store.drafts.get(LEFT).split() or ("",)
    return tuple(map(int, pupils)) if day == context.today().isoformat() else ()

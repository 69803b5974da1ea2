"""Reads the bands of a pack: a scale without gaps from 100 to 0, and what is to be done in each."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from desktop_app.domain.casework import Who
from desktop_app.domain.entries import LOGGED_KINDS
from desktop_app.domain.rulebook import Band, BandAction
from desktop_app.toml_table import Table

SHAPES: Mapping[int, tuple[int, ...]] = {2: (1, 5), 3: (1, 3, 5), 4: (1, 2, 3, 5), 5: (1, 2, 3, 4, 5)}
"""The shapes of a pack's bands, best first, by how many bands it has: 1 and 5 always mean best and severe."""

CHIP = 12
"""The most letters of a band's title: it has to stand on a chip."""


def read_bands(table: Table) -> tuple[Band, ...]:
    """The bands of a pack, best first. Raises `Damaged`, naming file, key and reason."""
    bands = tuple(_band(row) for row in table.tables("band"))
    _whole_scale(table, bands)
    return bands


def _band(row: Table) -> Band:
    row.only(*(Band.__dataclass_fields__.keys() - {"actions"}), "action")
    title = row.text("title")
    if len(title) > CHIP:
        raise row.fault("title", f"is longer than the {CHIP} letters of a chip")
    if ("at_least" in row.values) == ("above" in row.values):
        raise row.fault("at_least", "exactly one of at_least and above must be there")
    if ("at_most" in row.values) == ("below" in row.values):
        raise row.fault("at_most", "exactly one of at_most and below must be there")
    return Band(
        key=row.text("key"),
        title=title,
        shape=row.whole("shape"),
        source=row.source(),
        at_least=row.bound("at_least"),
        above=row.bound("above"),
        at_most=row.bound("at_most"),
        below=row.bound("below"),
        meaning=row.text("meaning", ""),
        actions=_actions(row),
    )


def _actions(row: Table) -> tuple[BandAction, ...]:
    if "action" not in row.values:
        return ()
    actions = tuple(_action(one) for one in row.tables("action"))
    if len({one.key for one in actions}) < len(actions):
        raise row.fault("action", "two of them have one key")
    return actions


def _action(row: Table) -> BandAction:
    row.only(*BandAction.__dataclass_fields__)
    kind = row.text("kind", "")
    if kind and kind not in LOGGED_KINDS:
        raise row.fault("kind", f"“{kind}” is none of {', '.join(LOGGED_KINDS)}")
    return BandAction(
        key=row.text("key"),
        title=row.text("title"),
        who=row.choice("who", Who),
        source=row.source(),
        what=row.text("what", ""),
        kind=kind,
    )


def _whole_scale(table: Table, bands: tuple[Band, ...]) -> None:
    """Refuse bands, best first, that leave a gap, overlap, or have other shapes than their number gives them."""
    if tuple(band.shape for band in bands) != SHAPES.get(len(bands)):
        raise table.fault(
            "band", f"the shapes of {len(bands)} bands, best first, must be one of {list(SHAPES.values())}"
        )
    if bands[0].at_most != 100 or bands[-1].at_least != 0:
        raise table.fault("band", "the first must reach 100 and the last 0, both included")
    for number, (better, worse) in enumerate(pairwise(bands), start=2):
        if (better.at_least, better.above) != (worse.below, worse.at_most):
            raise table.fault(f"band[{number}]", "must begin exactly where the one before it ends")

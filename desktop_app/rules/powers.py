"""What a type of school may use of the formal measures, and what it can do instead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from desktop_app.domain.casework import Formalities, Power
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.school import SchoolType

PENALTY_NOTICE, NOTICE_TO_IMPROVE, CONTRACT, LEAVE = (
    *("penalty-notice", "notice-to-improve", "attendance-contract"),
    "leave-regulation",
)
"""The keys of the powers, as the national file has them."""

KINDS: Mapping[str, tuple[EntryKind, ...]] = {
    PENALTY_NOTICE: (EntryKind.PENALTY_NOTICE,),
    NOTICE_TO_IMPROVE: (EntryKind.NOTICE_TO_IMPROVE, EntryKind.IMPROVEMENT),
    CONTRACT: (EntryKind.CONTRACT, EntryKind.CONTRACT_CHECK, EntryKind.CONTRACT_BROKEN),
}
"""The kinds of entry by which each power is used."""


@dataclass(frozen=True, slots=True)
class PowerLine:
    """One measure for a school of a type: whether it may be used, in words that say so, and where that stands."""

    key: str
    title: str
    may: bool
    says: str
    source: str


def lacking(formalities: Formalities, key: str, type_: SchoolType) -> Power | None:
    """The power of that key, where a school of this type has it not; None where it has, or where no such power is
    known to be kept from anybody."""
    power = formalities.power(key)
    return power if power is not None and type_.value in power.not_for else None


def kept_from(formalities: Formalities, type_: SchoolType) -> dict[str, str]:
    """The kinds of entry a school of that type has no use for, since the power is not its own; and what it can do
    instead."""
    found: dict[str, str] = {}
    for key, kinds in KINDS.items():
        if power := lacking(formalities, key, type_):
            found.update({kind.value: f"A school of this type cannot use it. {power.instead}" for kind in kinds})
    return found


def powers_of(formalities: Formalities, type_: SchoolType) -> tuple[PowerLine, ...]:
    """Every measure, for a school of this type."""
    return tuple(_lines(formalities.powers, type_))


def _lines(powers: Iterable[Power], type_: SchoolType) -> Iterable[PowerLine]:
    for power in powers:
        may = type_.value not in power.not_for
        says = "This school may use it." if may else f"A school of this type cannot use it. {power.instead}"
        yield PowerLine(power.key, power.title, may, says, power.source)

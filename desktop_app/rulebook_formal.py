"""Reads the formal measures: what the law asks of them, how an authority has them done, and what the guard asks."""

from __future__ import annotations

from collections.abc import Collection

from desktop_app.domain.casework import (
    ContractRule,
    CourtRule,
    Formal,
    Formalities,
    ImprovementRule,
    Issuer,
    PenaltyLaw,
    PenaltyRule,
    Power,
)
from desktop_app.domain.rulebook import GuardNumbers, Limit
from desktop_app.domain.school import SchoolType
from desktop_app.toml_table import Table

_PENALTY = ("first_early", "early_days", "first_late", "second", "days", "most", "years")


def read_formal(table: Table | None, referrals: Collection[str]) -> Formal:
    """The formal measures of a pack; those it says nothing of are None."""
    if table is None:
        return Formal()
    table.only("improvement", "contract", "penalty", "court")
    has = table.values.keys()
    return Formal(
        improvement=_improvement(table.table("improvement")) if "improvement" in has else None,
        contract=_contract(table.table("contract")) if "contract" in has else None,
        penalty=_penalty(table.table("penalty"), referrals) if "penalty" in has else None,
        court=_court(table.table("court")) if "court" in has else None,
    )


def read_formalities(table: Table) -> Formalities:
    """What the law asks of formal steps, from the national file."""
    table.only("improvement_contents", "contract_parts", "court_months", "source", "penalty", "power")
    return Formalities(
        improvement_contents=tuple(table.text("improvement_contents").split("; ")),
        contract_parts=tuple(table.text("contract_parts").split("; ")),
        court_months=table.whole("court_months"),
        penalty=_law(table.table("penalty")),
        source=table.source(),
        powers=tuple(map(_power, table.tables("power"))),
    )


def read_guard(table: Table) -> GuardNumbers:
    """The numbers of the letter guard, from the national file."""
    names = tuple(GuardNumbers.__dataclass_fields__)
    table.only(*names)
    return GuardNumbers(**{name: _limit(table.table(name)) for name in names})


def _limit(row: Table) -> Limit:
    row.only("value", "source")
    return Limit(row.whole("value"), row.source())


def _improvement(row: Table) -> ImprovementRule:
    row.only(*ImprovementRule.__dataclass_fields__)
    weeks = _weeks(row, 3, 6)
    return ImprovementRule(
        row.choice("issuer", Issuer), weeks, row.flag("check_first"), row.text("copy_to", ""), row.source()
    )


def _weeks(row: Table, least: int, most: int) -> int:
    """So many weeks: of a Notice to Improve three to six (Working together, 19 August 2024), of a contract a year at
    most."""
    weeks = row.whole("weeks")
    if not least <= weeks <= most:
        raise row.fault("weeks", f"must be {least} to {most}")
    return weeks


def _contract(row: Table) -> ContractRule:
    row.only(*ContractRule.__dataclass_fields__)
    return ContractRule(row.choice("issuer", Issuer), _weeks(row, 1, 53), row.source())


def _penalty(row: Table, referrals: Collection[str]) -> PenaltyRule:
    row.only(*PenaltyRule.__dataclass_fields__)
    referral = row.text("referral", "")
    if referral and referral not in referrals:
        raise row.fault("referral", f"there is no referral “{referral}”")
    return PenaltyRule(row.choice("issuer", Issuer), referral, row.source(), row.text("what", ""))


def _court(row: Table) -> CourtRule:
    row.only(*CourtRule.__dataclass_fields__)
    return CourtRule(row.text("prosecutes"), row.text("supervises"), row.text("before"), row.source())


def _law(row: Table) -> PenaltyLaw:
    row.only(*PenaltyLaw.__dataclass_fields__)
    first = row.day("counted_from")
    if first is None:
        raise row.fault("counted_from", "is missing")
    return PenaltyLaw(**{name: row.whole(name) for name in _PENALTY}, counted_from=first, source=row.source())


def _power(row: Table) -> Power:
    row.only(*Power.__dataclass_fields__)
    not_for = row.choices("not_for", SchoolType)
    return Power(row.text("key"), row.text("title"), row.source(), not_for, row.text("instead", ""))

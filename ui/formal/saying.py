"""The formal steps of a child as sentences, part by part: how each stands, what may come next, and why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desktop_app.actions.court import ENDED, LAID
from desktop_app.actions.formal_page import FormalPage
from desktop_app.domain.casework import Issuer
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.notices import ImprovementState
from desktop_app.rules.contracts import what_next
from desktop_app.rules.display import date_year, short_date
from desktop_app.rules.improvement import DECIDED
from desktop_app.rules.session_lists import count_words
from ui.formal.deeds import Section
from ui.pupils.said_list import SaidLine

ASK = "ask your authority who issues it"
MEANWHILE = "While it stands no notice, no Notice to Improve and no prosecution is proposed."
ISSUERS: Mapping[str, str] = {
    "school": "The school",
    "la": "The authority",
    "ask": "Its words do not say: ask the authority",
}
POWERS: Mapping[Section, str] = {
    Section.NOTICES: "penalty-notice",
    Section.IMPROVEMENT: "notice-to-improve",
    Section.CONTRACT: "attendance-contract",
}
"""The key of the power each part rests on."""


def power_words(page: FormalPage, section: Section) -> str:
    """What the school’s type may not use, and what it can do instead; empty where it may."""
    key = POWERS.get(section)
    line = next((one for one in page.notices.powers if one.key == key), None)
    return "" if line is None or line.may else f"{line.title}: {line.says}"


def lines_of(page: FormalPage, section: Section) -> tuple[SaidLine, ...]:
    """The lines of a part."""
    return {
        Section.NOTICES: _notices,
        Section.IMPROVEMENT: _improvements,
        Section.CONTRACT: _contracts,
        Section.COURT: _court,
    }[section](page)


def items_of(page: FormalPage, section: Section, about: EntryKind | None = None) -> tuple[tuple[int, str], ...]:
    """What a later deed of a part can be about: number and words. `about`: of which kind, in a part of several."""
    if section is Section.NOTICES:
        found = page.notices.lines
        return tuple(
            (one.notice.entry, f"{one.name}, {one.notice.state.value} {date_year(one.notice.said)}") for one in found
        )
    if section is Section.IMPROVEMENT:
        open_ = [one.notice for one in page.improvements if one.notice.state not in DECIDED]
        return tuple((one.entry, f"{_name(page, one.parent)}, until {date_year(one.last)}") for one in open_)
    if section is Section.CONTRACT:
        return tuple((one.entry, f"from {date_year(one.first)} to {date_year(one.last)}") for one in page.contracts)
    if about is EntryKind.PROSECUTION:
        return tuple((one.id, _begun(page, one)) for one in prosecutions(page))
    sent = [one for one in page.court if one.kind is EntryKind.LA_REFERRAL and one.adds_to is None]
    return tuple((one.id, f"sent {date_year(one.happened_at.date())}") for one in sent)


def prosecutions(page: FormalPage) -> tuple[Entry, ...]:
    """Those that were begun and have not ended."""
    known = [one for one in page.court if one.kind is EntryKind.PROSECUTION]
    over = {one.adds_to for one in known if one.outcome == ENDED}
    return tuple(one for one in known if one.outcome == LAID and one.id not in over)


def _begun(page: FormalPage, one: Entry) -> str:
    return f"{_names(page, one.persons)}, laid {date_year(one.happened_at.date())}"


def _notices(page: FormalPage) -> tuple[SaidLine, ...]:
    ahead = tuple(
        SaidLine(f"Next for {one.name}", " ".join(filter(None, (one.next.says, one.next.instead))))
        for one in page.notices.parents
    )
    relied = count_words(len(page.relied), "unauthorised session", "unauthorised sessions")
    window = SaidLine("Without leave, in the school weeks that count", f"{relied}; those still N are left out.")
    who, _, how = page.notices.issuer.partition(": ")
    says = ". ".join(filter(None, (ISSUERS.get(who, who), how)))
    issuer = (SaidLine("Who issues it", says),) if says else ()
    days = tuple(
        SaidLine(
            one.name,
            " ".join(filter(None, (one.says, f"The lower sum until {date_year(one.early)}." if one.early else ""))),
        )
        for one in page.notices.lines
    )
    return (*ahead, window, *issuer, *days)


def _improvements(page: FormalPage) -> tuple[SaidLine, ...]:
    lines = [
        SaidLine(
            f"{_name(page, one.notice.parent)}, {short_date(one.notice.first)} to {date_year(one.notice.last)}",
            f"{_state(one.notice.state)}. {one.notice.says or one.notice.sufficient}",
            one,
        )
        for one in page.improvements
    ]
    if page.plan is not None:
        plan, rule = page.plan, page.plan.rule
        who = f"issued by {ISSUERS[rule.issuer.value].lower()}" if rule and rule.issuer is not Issuer.ASK else ASK
        check = ", the authority looks first" if rule and rule.check_first else ""
        copy = f", a copy to {rule.copy_to}" if rule and rule.copy_to else ""
        lines.append(
            SaidLine(f"One of {plan.period.weeks} school weeks", f"{plan.sufficient.words} Here: {who}{check}{copy}.")
        )
    elif page.no_plan:
        lines.append(SaidLine("", page.no_plan))
    return tuple(lines)


def _state(state: ImprovementState) -> str:
    return (
        "Over: decide what came of it" if state is ImprovementState.DUE else state.value.replace("-", " ").capitalize()
    )


def _contracts(page: FormalPage) -> tuple[SaidLine, ...]:
    lines: list[SaidLine] = []
    for one in page.contracts:
        with_whom = " and ".join(_name(page, parent) for parent in one.parents)
        until = one.ended or one.last
        broken = " Broken." if one.broken else ""
        lines.append(SaidLine(f"With {with_whom}", f"From {date_year(one.first)} to {date_year(until)}.{broken}"))
        lines += [
            SaidLine(f"{what[:1].upper()}{what[1:]}", text)
            for what, text in zip(page.contract_parts, one.parts, strict=False)
            if text
        ]
        lines += [
            SaidLine(f"{short_date(day)}: {'✓ kept' if kept else '× not kept'}", words)
            for day, kept, words in one.checks
        ]
        lines += [SaidLine(f"{short_date(day)}: {what}", words) for day, what, words in one.later]
        if next_ := what_next(one, page.today):
            lines.append(SaidLine("What may come next", next_))
    return tuple(lines) or (SaidLine("", "There is no contract."),)


def _court(page: FormalPage) -> tuple[SaidLine, ...]:
    orders = tuple(
        SaidLine(
            "Education supervision order",
            f"From {date_year(one.first)} to {date_year(one.last)}. {MEANWHILE}",
        )
        for one in page.orders
    )
    clock = (SaidLine("The court’s clock", page.clock.says),) if page.clock else ()
    done = tuple(
        SaidLine(
            f"{short_date(one.happened_at.date())}  {one.kind.label}: {one.details.get('what') or one.outcome}",
            ": ".join(filter(None, (_names(page, one.persons), one.note))),
        )
        for one in reversed(page.court)
    )
    return (*orders, *clock, *done) or (SaidLine("", "No order, no referral and no prosecution is on record."),)


def _names(page: FormalPage, persons: Iterable[int]) -> str:
    return " and ".join(_name(page, one) for one in persons)


def _name(page: FormalPage, parent: int) -> str:
    return next((one.name for one in page.notices.parents if one.parent == parent), "a former contact")

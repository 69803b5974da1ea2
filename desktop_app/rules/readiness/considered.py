"""Readiness of what must be thought of: needs, measures, and what a parent may answer to a charge.

Sources: Children and Families Act 2014 (SEND); Equality Act 2010; Education Act 1996 sections 444, 444ZA and 447; the
national list of defences. That a thing was considered is an entry `considered`, whose detail `what` names it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desktop_app.domain.bundle import Do, DoAt, Relied
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.people import FlagKind
from desktop_app.domain.referrals import DEFENCE, EQUALITY, FOR, WHAT, Requirement
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.readiness.answers import Answered, check, lately, met, missing, of_entries

NEEDS: Mapping[str, str] = {
    "send": "special educational needs and disability",
    "medical": "medical and mental health",
    "equality": "the Equality Act 2010",
}
"""The three that are considered of every child, and how they are said."""
SEND_FLAGS = (FlagKind.SEN_SUPPORT, FlagKind.EHCP)
BY_KIND: Mapping[str, tuple[EntryKind, ...]] = {
    "medical": (EntryKind.HEALTH_PLAN, EntryKind.MEDICAL_EVIDENCE),
    "early-help": (EntryKind.EARLY_HELP,),
    "supervision-order": (EntryKind.SUPERVISION_ORDER,),
    "education-supervision-order": (EntryKind.SUPERVISION_ORDER,),
    "penalty-notice": (EntryKind.PENALTY_NOTICE,),
    "attendance-contract": (EntryKind.CONTRACT,),
    "contract": (EntryKind.CONTRACT,),
    "notice-to-improve": (EntryKind.NOTICE_TO_IMPROVE,),
    "prosecution": (EntryKind.PROSECUTION,),
    "public-interest": (EntryKind.LA_QUESTION,),
    "other-schools": (EntryKind.OTHER_SCHOOL,),
}
"""Entries that themselves show that a thing was considered."""


def key_of(what: str) -> str:
    """What was considered, as a key: `parenting order` and `parenting-order` are one."""
    return "-".join(what.casefold().split())


def entries_about(file: CaseFile, what: str) -> list[Entry]:
    """The entries which show that a thing was considered, the oldest first."""
    kinds = BY_KIND.get(what, ())
    found = [one for one in lately(file, EntryKind.CONSIDERED, *kinds) if _about(one, what)]
    if what == EQUALITY:
        measures = lately(file, EntryKind.PENALTY_NOTICE, EntryKind.CONSIDERED)
        found += [one for one in measures if one.details.get(EQUALITY, "").strip() and one not in found]
    return sorted(found, key=lambda one: (one.happened_at, one.id))


def _about(entry: Entry, what: str) -> bool:
    return entry.kind is not EntryKind.CONSIDERED or key_of(entry.details.get(WHAT, "")) == what


def consider(what: str, title: str) -> Do:
    """To the form that says what was considered."""
    return Do(DoAt.CONSIDER, f"Look at it, and write down what was found: {title}.", what)


def needs_considered(file: CaseFile, _: Requirement) -> Answered:
    """Special needs, health and the Equality Act were each considered."""
    found = {key: entries_about(file, key) for key in NEEDS}
    by = of_entries(entry for entries in found.values() for entry in entries)
    left = [key for key, entries in found.items() if not entries]
    if not left:
        return met("Each was considered.", by)
    says = f"Not considered: {'; '.join(NEEDS[key] for key in left)}.{_known(file, left)}"
    return missing(says, consider(left[0], NEEDS[left[0]]), by)


def _known(file: CaseFile, left: Iterable[str]) -> str:
    """What the flags of the child say of it already, and somebody must have thought of."""
    flags = {one.kind for one in file.flags if one.holds(file.request.on)}
    said: list[str] = []
    if "send" in left and flags & set(SEND_FLAGS):
        said.append("an EHC plan" if FlagKind.EHCP in flags else "SEN support")
    if "medical" in left and FlagKind.MEDICAL in flags:
        said.append("a medical condition")
    return f" The child has {' and '.join(said)}." if said else ""


def considered(file: CaseFile, requirement: Requirement) -> Answered:
    """One thing was considered, and for or against it decided."""
    what = requirement.params["what"]
    found = entries_about(file, what)
    if found:
        return met(f"Considered: {_said(found[-1])}", of_entries(found))
    return missing("It is not recorded that it was considered.", consider(what, requirement.title))


def defences_considered(file: CaseFile, _: Requirement) -> Answered:
    """Each answer that the law gives a parent was considered; one that may hold is looked at before anybody refers."""
    defences = file.rulebook.defences
    found = {one.key: entries_about(file, f"{DEFENCE}{one.key}") for one in defences}
    by = [Relied(f"{one.title}: {_said(entry)}", entry=entry.id) for one in defences for entry in found[one.key][-1:]]
    left = [one for one in defences if not found[one.key]]
    if left or not defences:
        what = (f"{DEFENCE}{left[0].key}", f"{left[0].title}. {left[0].says}".rstrip(".")) if left else ("", "each")
        titles = "; ".join(one.title for one in left) or "no list of them is known"
        return missing(f"Not considered: {titles}.", consider(*what), by)
    holds = [one for one in defences if found[one.key][-1].outcome.strip().casefold() == FOR]
    if holds:
        titles = "; ".join(one.title for one in holds)
        do = consider(f"{DEFENCE}{holds[0].key}", holds[0].title)
        return check(f"May hold, by the record: {titles}. Ask the authority before it is referred.", do, by)
    return met(f"Each of {len(defences)} was considered.", by)


def _said(entry: Entry) -> str:
    words = " ".join((f"{entry.outcome}. {entry.note}" if entry.note else entry.outcome).split())
    return words if words.endswith((".", "…", "!", "?")) else f"{words}."

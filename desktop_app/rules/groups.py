"""Which groups a pupil is in on a day: from flags, sex, ethnicity, home authority, and the groups the school makes.

Sources: the pupil characteristics by which the Department for Education publishes absence; the cohorts of Sefton’s
strategy (severe absence by free school meals, SEN support, EHCP, Early Help, CIN, CP and children cared for); and the
codes of ethnic background of the DfE’s common basic data set. SEN provision has one value a child in the school census:
K (SEN support) or E (EHC plan), so that from the first day of an EHCP the child is no longer in SEN support.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from desktop_app.domain.errors import Refused
from desktop_app.domain.groups import Basis, Group
from desktop_app.domain.people import Flag, FlagKind, Pupil
from desktop_app.rules.names import plain

FLAG_WORDS: Mapping[FlagKind, str] = {
    FlagKind.FSM: "Free school meals",
    FlagKind.PUPIL_PREMIUM: "Pupil premium",
    FlagKind.SEN_SUPPORT: "SEN support",
    FlagKind.EHCP: "EHCP",
    FlagKind.LOOKED_AFTER: "Looked after",
    FlagKind.PREVIOUSLY_LOOKED_AFTER: "Previously looked after",
    FlagKind.CHILD_IN_NEED: "Child in need",
    FlagKind.CHILD_PROTECTION: "Child protection plan",
    FlagKind.EARLY_HELP: "Early Help",
    FlagKind.SOCIAL_WORKER: "Social worker",
    FlagKind.YOUNG_CARER: "Young carer",
    FlagKind.EAL: "EAL",
    FlagKind.SERVICE_CHILD: "Service child",
    FlagKind.MEDICAL: "Medical",
}
"""The flags in words; the kinds not here say what they say in their value."""

SOCIAL_CARE = frozenset({
    FlagKind.LOOKED_AFTER, FlagKind.PREVIOUSLY_LOOKED_AFTER, FlagKind.CHILD_IN_NEED, FlagKind.CHILD_PROTECTION,
    FlagKind.SOCIAL_WORKER,
})  # fmt: skip
"""Flags that say what social care does or did: read only by those who read the log, cases, or hold a family."""

JOINED: Mapping[str, tuple[str, frozenset[FlagKind]]] = {
    "send": ("SEN support or EHCP", frozenset({FlagKind.SEN_SUPPORT, FlagKind.EHCP})),
    "social-care": (
        "Looked after, CIN, CP or a social worker",
        frozenset({
            FlagKind.LOOKED_AFTER, FlagKind.CHILD_IN_NEED, FlagKind.CHILD_PROTECTION, FlagKind.SOCIAL_WORKER,
        }),
    ),
}  # fmt: skip
"""Groups of those with any of several flags, by key: a pupil with two of them is one."""

ETHNICITIES: Mapping[str, str] = {
    "WBRI": "White British",
    "WIRI": "White Irish",
    "WIRT": "Traveller of Irish heritage",
    "WROM": "Gypsy/Roma",
    "WOTH": "Any other White background",
    "MWBC": "White and Black Caribbean",
    "MWBA": "White and Black African",
    "MWAS": "White and Asian",
    "MOTH": "Any other mixed background",
    "AIND": "Indian",
    "APKN": "Pakistani",
    "ABAN": "Bangladeshi",
    "AOTH": "Any other Asian background",
    "BCRB": "Black Caribbean",
    "BAFR": "Black African",
    "BOTH": "Any other Black background",
    "CHNE": "Chinese",
    "OOTH": "Any other ethnic group",
    "REFU": "Ethnicity refused",
    "NOBT": "Ethnicity not yet obtained",
}
SEXES: Mapping[str, str] = {"F": "Girls", "M": "Boys"}

_ORDER = (*(kind.value for kind in FLAG_WORDS), *JOINED)


def flag_words(flag: Flag) -> str:
    """A flag in words."""
    return FLAG_WORDS.get(flag.kind, flag.value or flag.kind.value)


def is_said(flag: Flag) -> bool:
    """Whether a flag is said beside a name. An ethnic background is counted by, and is nobody's label."""
    return flag.kind is not FlagKind.ETHNICITY


def may_read(flag: Flag, *, reads_care: bool) -> bool:
    """Whether somebody may read a flag who does, or does not, read what social care does."""
    return reads_care or flag.kind not in SOCIAL_CARE


def own_key(name: str) -> str:
    """The key of a group the school made; its name’s capitals and spaces make no other group."""
    return f"{Basis.OWN.value}:{plain(' '.join(name.split()))}"


def in_force(flags: Iterable[Flag], day: date) -> list[Flag]:
    """Those of one pupil’s flags that stand on a day. An EHCP stands in place of SEN support, which records from
    elsewhere may leave open beside it."""
    held = [flag for flag in flags if flag.holds(day)]
    planned = any(flag.kind is FlagKind.EHCP for flag in held)
    return [flag for flag in held if not (planned and flag.kind is FlagKind.SEN_SUPPORT)]


def groups_of(pupil: Pupil, flags: Iterable[Flag], day: date) -> dict[str, Group]:
    """The groups a pupil is in on `day`, by key; `flags` are the pupil’s own, of any day."""
    held = in_force(flags, day)
    kinds = {flag.kind for flag in held}
    found = [Group(kind.value, FLAG_WORDS[kind], Basis.FLAG) for kind in kinds if kind in FLAG_WORDS]
    found += [Group(key, title, Basis.FLAG) for key, (title, of) in JOINED.items() if kinds & of]
    for flag in held:
        value = " ".join(flag.value.split())
        if value and flag.kind is FlagKind.ETHNICITY:
            code = value.upper()
            found.append(Group(f"ethnicity:{code}", ETHNICITIES.get(code, value), Basis.ETHNICITY))
        elif value and flag.kind is FlagKind.OTHER:
            found.append(Group(own_key(value), value, Basis.OWN))
    if sex := pupil.sex.strip().upper():
        found.append(Group(f"sex:{sex}", SEXES.get(sex, f"Sex {sex}"), Basis.SEX))
    if home := " ".join(pupil.home_la.split()):
        found.append(Group(f"home-la:{home}", f"Lives in {home}", Basis.HOME_LA))
    return {group.key: group for group in found}


def standing_groups(*, reads_care: bool) -> list[Group]:
    """The groups there always are, in order, whether or not anybody is in them."""
    titles = {kind.value: title for kind, title in FLAG_WORDS.items()} | {key: JOINED[key][0] for key in JOINED}
    return [Group(key, title, Basis.FLAG) for key, title in titles.items() if reads_care or not is_social_care(key)]


def by_pupil(flags: Iterable[Flag]) -> Mapping[int, Sequence[Flag]]:
    """Flags by the pupil they are of."""
    of: defaultdict[int, list[Flag]] = defaultdict(list)
    for flag in flags:
        of[flag.pupil].append(flag)
    return of


def last_day_of(pupil: Pupil, last: date) -> date:
    """The day on which a pupil’s groups, class and year are read: the last of the period, of a leaver the last day on
    roll."""
    return last if pupil.leaving_day is None else min(last, pupil.leaving_day)


def in_order_of_groups(groups: Iterable[Group]) -> list[Group]:
    """Groups as they are listed: flags as the program names them, then sex, ethnicity, home authority, the school’s
    own by name."""
    bases = list(Basis)

    def place(group: Group) -> tuple[int, int, str, str]:
        known = _ORDER.index(group.key) if group.key in _ORDER else len(_ORDER)
        return bases.index(group.basis), known, plain(group.title), group.key

    return sorted(groups, key=place)


def find_group(groups: Iterable[Group], wanted: str) -> Group:
    """The group of that key, or with that name, whatever its capitals. Raises `Refused` where there is none."""
    known = list(groups)
    key = plain(" ".join(wanted.split()))
    found = next((one for one in known if plain(one.key) == key), None)
    found = found or next((one for one in known if plain(one.title) == key), None)
    if found is None:
        there = ", ".join(one.key for one in known) or "none"
        raise Refused(f"There is no group “{wanted}” then. There are: {there}.")
    return found


def is_social_care(key: str) -> bool:
    """Whether the group says what social care does."""
    return key == "social-care" or key in {kind.value for kind in SOCIAL_CARE}

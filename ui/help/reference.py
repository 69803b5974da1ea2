"""The tables of the help, made from what the program itself works with: keys, codes, bands, tests, columns."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from pathlib import Path

from desktop_app.domain.codes import Code, Counts
from desktop_app.domain.imports import ImportKind
from desktop_app.domain.rulebook import Band, Pack, Rulebook, Threshold
from desktop_app.domain.school import School
from desktop_app.domain.sessions import Half
from desktop_app.rules.display import clock_time, half_words, long_date
from ui import case_keys, chronology_keys, figure_keys, keys, letter_keys, return_keys
from ui.calling import keys as calling_keys
from ui.help.blocks import BandLine, Block, CodeLine, Heading, KeyLine, Prose
from ui.help.text import Maker
from ui.importing.work import WORDS
from ui.keys import Key

KEYS: Mapping[str, Sequence[Key]] = {
    "window": keys.WINDOW,
    "today": keys.TODAY,
    "call": keys.CALL,
    "due": keys.DUE,
    "register": keys.REGISTER,
    "pupils": keys.PUPILS,
    "pupil": keys.PUPIL,
    "steps": figure_keys.STEPS,
    "comparison": figure_keys.COMPARISON,
    "targets": figure_keys.TARGETS,
    "schoollog": figure_keys.SCHOOL_LOG,
    "patterns": figure_keys.PATTERNS,
    "ledger": case_keys.LEDGER,
    "leave": case_keys.LEAVE,
    "returns": return_keys.RETURNS,
    "formal": case_keys.FORMAL,
    "settings": keys.SETTINGS,
    "schoolyear": keys.SCHOOL_YEAR,
    "admit": keys.ADMIT,
    "newyear": keys.NEW_YEAR,
    "year": keys.YEAR,
    "chronology": keys.CHRONOLOGY,
    "log": keys.LOG,
    "entry": chronology_keys.ENTRY,
    "cases": case_keys.CASE_LIST,
    "case": case_keys.CASE,
    "relied": case_keys.RELIED,
    "batch": case_keys.BATCH,
    "course": case_keys.COURSE,
    "preview": keys.PREVIEW,
    "bundle": case_keys.BUNDLE_MORE,
    "bundlesmade": case_keys.MADE,
    "bundleparts": case_keys.PARTS,
    "blackout": case_keys.REDACT,
    "checkfile": case_keys.CHECK,
    "import": keys.IMPORT,
    "plan": keys.PLAN,
    "plans": keys.PLANS,
    "confirming": keys.CONFIRMING,
    "watch": figure_keys.WATCH,
    "week": keys.WEEK,
    "changes": keys.CHANGES,
    "explain": figure_keys.EXPLAIN,
    "groups": figure_keys.GROUPS,
    "roll": keys.ROLL_CALL,
    "paper": keys.PAPER,
    "reports": figure_keys.REPORTS,
    "excel": (keys.EXCEL,),
    "slip": keys.LATE_SLIP,
    "keying": keys.KEYING,
    "hatch": keys.HATCH,
    "child": keys.HATCH_CHILD,
    "staff": keys.STAFF,
    "account": keys.ACCOUNT,
    "gate": keys.GATE,
    "pack": letter_keys.PACK,
    "templates": letter_keys.TEMPLATES,
    "letters": letter_keys.LETTERS,
    "planned": letter_keys.LETTERS_PLANNED,
    "made": letter_keys.LETTERS_MADE,
    "earlycalls": calling_keys.EARLY,
    "earlycall": calling_keys.EARLY_CALL,
    "texts": calling_keys.TEXTS,
    "help": keys.HELP,
}
GROUPS: Mapping[Counts, str] = {
    Counts.PRESENT: "Present",
    Counts.APPROVED: "Attending somewhere else: counts as attendance",
    Counts.AUTHORISED: "Authorised absence",
    Counts.UNAUTHORISED: "Unauthorised absence",
    Counts.NOT_POSSIBLE: "Not a possible attendance: in no figure",
    Counts.NOT_COUNTED: "Not counted: in no figure",
}
LEFT_OPEN = "What was decided where the authority’s words leave it open"
WITHDRAWN = "Withdrawn codes, in registers of earlier years"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the tables are made from. `everyday` gives for a code the words people look for it by."""

    rulebook: Rulebook
    pack: Pack
    school: School
    everyday: Mapping[str, str]

    def makers(self) -> Mapping[str, Maker]:
        """What a section may call for."""
        return {
            "keys": lambda what: [KeyLine(key) for key in KEYS[what]],
            "codes": lambda _: code_blocks(self.rulebook, self.everyday),
            "bands": lambda _: band_blocks(self.pack),
            "tests": lambda _: test_blocks(self.rulebook),
            "columns": lambda what: [Prose(f"**{WORDS[ImportKind(what)].title}.** {WORDS[ImportKind(what)].columns}")],
        }

    def values(self) -> Mapping[str, str]:
        """What stands for `{name}` in the text."""
        return {
            "school": self.school.name,
            "authority": self.pack.authority,
            "pack": self.pack.title,
            "am": f"{clock_time(self.school.am.opens)} to {clock_time(self.school.am.closes)}",
            "pm": f"{clock_time(self.school.pm.opens)} to {clock_time(self.school.pm.closes)}",
            "settle": str(self.rulebook.settle_n.value),
            "open": str(self.rulebook.register_open.value),
        }


def everyday_words(path: Path) -> Mapping[str, str]:
    """The everyday words of each code, by its key."""
    with path.open("rb") as file:
        return tomllib.load(file)


def code_blocks(rulebook: Rulebook, everyday: Mapping[str, str]) -> Sequence[Block]:
    """Every code of the rulebook under what it counts as; those the law has withdrawn come last."""
    in_use = [code for code in rulebook.codes.values() if code.last is None]
    withdrawn = [code for code in rulebook.codes.values() if code.last is not None]
    groups = [(words, [code for code in in_use if code.counts is counts]) for counts, words in GROUPS.items()]
    blocks: list[Block] = []
    for words, codes in (*groups, (WITHDRAWN, withdrawn)):
        if codes:
            blocks.append(Heading(words))
            blocks += [CodeLine(code, code_lines(code, rulebook), everyday.get(code.key, "")) for code in codes]
    return blocks


def code_lines(code: Code, rulebook: Rulebook) -> tuple[str, ...]:
    """What is said of a code: who may be given it, what it needs, since and until when."""
    lines = (
        f"May be given to {code.given_to}." if code.given_to else "",
        f"Only in the {half_words(code.half)}; the {_other(code.half)} has its own." if code.half else "",
        "Minutes late can be given with it." if code.takes_minutes else "",
        "Needs a note that says what it was." if code.needs_note else "",
        "It says the pupil is attending there: somebody has to know that they arrived." if code.elsewhere else "",
        f"Needs its reason within {rulebook.settle_n.value} school days." if code.provisional else "",
        "Worked out from the calendar and the roll, never typed." if code.by_calendar else "",
        f"In force from {long_date(code.first)}." if code.first else "",
        _until(code),
    )
    return tuple(line for line in lines if line)


def band_blocks(pack: Pack) -> Sequence[Block]:
    """The bands of a pack, best first, and the pack's note on them."""
    blocks: list[Block] = [Prose(f"**{pack.title}**, version {pack.version}, for {pack.authority}.")]
    blocks += [BandLine(band, ends(band)) for band in pack.bands]
    return [*blocks, Heading(LEFT_OPEN), Prose(pack.note)] if pack.note else blocks


def ends(band: Band) -> str:
    """The exact ends of a band: `above 90% and below 96%`."""
    low = "" if band.at_least == 0 else _end("at least", band.at_least) or _end("above", band.above)
    high = "" if band.at_most == 100 else _end("at most", band.at_most) or _end("below", band.below)
    return " and ".join(end for end in (low, high) if end) or "every percentage"


def test_blocks(rulebook: Rulebook) -> Sequence[Block]:
    """The two national tests, as they are made: on sessions, not on a rounded percentage."""
    return [Prose(_test_words(test), point=True) for test in (rulebook.persistent, rulebook.severe)]


def _test_words(test: Threshold) -> str:
    share = f"{100 // test.times}%" if 100 % test.times == 0 else f"one in {test.times}"
    return (
        f"**{test.title}**: absent for {share} or more of the child’s own possible sessions, "
        f"that is, sessions absent × {test.times} make at least the sessions possible. Source: {test.source}."
    )


def _end(words: str, value: Fraction | None) -> str:
    return "" if value is None else f"{words} {float(value):g}%"


def _other(half: Half) -> str:
    return half_words(Half.PM if half is Half.AM else Half.AM)


def _until(code: Code) -> str:
    if code.last is None:
        return ""
    withdrawn = long_date(code.last + timedelta(days=1))
    return f"Only for sessions up to {long_date(code.last)}; withdrawn on {withdrawn}. {code.instead}"

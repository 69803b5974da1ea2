"""Planned letters as rows: what stands against each in a word and a shape, and in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop_app.actions.letter_book import letter_book
from desktop_app.actions.letter_making import reason_for
from desktop_app.domain.letters import LettersMade, PlannedLetter, Sent, Weight
from ui.parts.rows import Column, Kind
from ui.tokens import Tone

SHAPES = {Weight.STOP: "■", Weight.ASK: "▲", Weight.TELL: "●"}
WEIGHTS = {Weight.STOP: "Stopped", Weight.ASK: "Asks why", Weight.TELL: "To know"}
SENT = {Sent.EACH: "to each parent by itself", Sent.HOUSEHOLD: "once to each household"}


@dataclass
class Decisions:
    """What somebody said of the letters at hand, by their keys."""

    dropped: dict[str, str] = field(default_factory=dict[str, str])
    reasons: dict[str, str] = field(default_factory=dict[str, str])

    def ready(self, one: PlannedLetter) -> bool:
        """Whether nothing more has to be said of it."""
        return one.key in self.dropped or not (one.stopped or (one.asks and not reason_for(one, self.reasons)))


def state_words(one: PlannedLetter, decisions: Decisions) -> str:
    """The row's state, with its shape."""
    if one.key in decisions.dropped:
        return "– Left out"
    if one.stopped:
        return f"{SHAPES[Weight.STOP]} Stopped"
    if one.asks:
        return "✓ With a reason" if reason_for(one, decisions.reasons) else f"{SHAPES[Weight.ASK]} Asks why"
    return f"{SHAPES[Weight.TELL]} To know" if one.findings else "✓ Ready"


def state_tone(one: PlannedLetter, decisions: Decisions) -> Tone:
    """Its colours: only what waits for somebody stands out."""
    if decisions.ready(one):
        return Tone.PLAIN
    return Tone.ALARM if one.stopped else Tone.CAUTION


def chip_words(one: PlannedLetter, decisions: Decisions) -> str:
    """The state without the shape, where the chip has that shape itself."""
    words = state_words(one, decisions)
    return words.removeprefix("▲ ") if state_tone(one, decisions) is Tone.CAUTION else words


def columns(decisions: Decisions) -> tuple[Column[PlannedLetter], ...]:
    """The columns of the list of planned letters."""
    return (
        Column("Child", lambda one: one.child, width=17, second=lambda one: f"Class {one.class_name}"),
        Column("To", lambda one: one.letter.names or "–", second=address_words),
        Column("In", language_words, width=8),
        Column(
            "",
            lambda one: chip_words(one, decisions),
            Kind.CHIP,
            width=15,
            tone=lambda one: state_tone(one, decisions),
            spoken=lambda one: f"{state_words(one, decisions)[2:]}. {' '.join(finding_lines(one, decisions))}",
        ),
    )


def address_words(one: PlannedLetter) -> str:
    """Where it goes, in a line."""
    if not one.letter.persons:
        return ""
    if one.held:
        return "address protected: by hand"
    return one.letter.address.one_line or "no address known"


def language_words(one: PlannedLetter) -> str:
    """The language it is written in."""
    return letter_book().languages[one.letter.language].title if one.letter.persons else "–"


def finding_lines(one: PlannedLetter, decisions: Decisions) -> list[str]:
    """Everything that stands against it or is to be known, the gravest first; and what was decided."""
    order = sorted(one.findings, key=lambda found: tuple(Weight).index(found.weight))
    lines = [f"{SHAPES[Weight.STOP]} {fault}" for fault in one.faults]
    lines += [f"{SHAPES[found.weight]} {WEIGHTS[found.weight]}: {found.words}" for found in order]
    if one.interpreter:
        lines.append("● To know: an interpreter is needed.")
    if one.key in decisions.dropped:
        lines.append(f"– Left out: {decisions.dropped[one.key]}")
    elif one.asks and (why := reason_for(one, decisions.reasons)):
        lines.append(f"✓ Sent all the same: {why}")
    return lines


def stop_words(one: PlannedLetter) -> str:
    """Why a stopped letter is left out, in its own words."""
    stops = [found.words for found in one.findings if found.weight is Weight.STOP]
    return " ".join((*one.faults, *stops))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one planned letter."""

    key: str
    child: str
    to: str
    done: bool
    words: str


OUTCOMES: tuple[Column[Outcome], ...] = (
    Column("Child", lambda one: one.child, Kind.NAME, width=22),
    Column("To", lambda one: one.to, width=28),
    Column("", lambda one: "✓ Logged" if one.done else "– Not made", Kind.CHIP, width=14,
           tone=lambda _one: Tone.PLAIN),
    Column("", lambda one: one.words),
)  # fmt: skip


def outcomes(planned: Mapping[str, PlannedLetter], made: LettersMade) -> tuple[Outcome, ...]:
    """Each letter with what became of it, in the order in which they were planned."""
    done = {one.key: one for one in made.made}
    left = dict(made.left)
    found: list[Outcome] = []
    for key, one in planned.items():
        if key in done:
            times = len(done[key].entries)
            logged = "logged" if times == 1 else f"logged {times} times, to each by itself"
            found.append(Outcome(key, one.child, one.letter.names, True, f"{done[key].reference}, {logged}"))
        else:
            why = left.get(key, "You stopped before this one.")
            found.append(Outcome(key, one.child, one.letter.names or "–", False, why))
    return tuple(found)

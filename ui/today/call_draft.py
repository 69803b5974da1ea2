"""What is half typed on a call card, and the call it becomes. Kept in the store while it is typed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from desktop_app.actions.calling import Family
from desktop_app.actions.chasing import Called
from desktop_app.domain.codes import Code
from desktop_app.domain.errors import Refused
from desktop_app.rules import chasing
from desktop_app.rules.chasing import Outcome
from desktop_app.rules.codes import PRESENT_KEYS

Codes = Mapping[str, Code]


def draft_place(pupils: Sequence[int], *, early: bool = False) -> str:
    """Where the draft of a family lies in the store; that of a call before school apart."""
    return f"{'early call' if early else 'call'} {' '.join(map(str, sorted(pupils)))}"


@dataclass(frozen=True, slots=True)
class CallDraft:
    """The card as it stands: text as typed. `by_hand`: the code was typed, not proposed. `left_out`: children of the
    family whom the reason is not about."""

    spoke: bool = False
    said: str = ""
    code: str = ""
    by_hand: bool = False
    minutes: str = ""
    left_out: tuple[int, ...] = ()

    def is_begun(self) -> bool:
        """Whether anything was typed that would be a loss."""
        return bool(self.said.strip() or (self.by_hand and self.code.strip()) or self.minutes.strip())

    def content(self) -> str:
        """As it is kept; empty where nothing would be lost."""
        return json.dumps(asdict(self), ensure_ascii=False) if self.is_begun() else ""

    def called(self, family: Family, channel: int, outcome: Outcome, codes: Codes) -> Called:
        """The call that the card says. Raises `Refused` in words for what is missing."""
        pupils = tuple(key for key in _about(family, channel) if key not in self.left_out)
        if not pupils:
            raise Refused("Tick the children the call was about.")
        note = _note(self.said, codes)
        if outcome is not Outcome.SPOKE or not self.code.strip():
            return Called(family.key, channel, outcome, self.said.strip(), pupils=pupils)
        code = self.code.strip().upper()
        if code in codes and codes[code].needs_note and not self.said.strip():
            raise Refused(f"{code} needs a note: say what it was, and where.")
        return Called(family.key, channel, outcome, note, code, self._minutes(code, codes), pupils)

    def _minutes(self, code: str, codes: Codes) -> int | None:
        typed = self.minutes.strip()
        if code not in codes or not codes[code].takes_minutes or not typed:
            return None
        if not (typed.isascii() and typed.isdigit()):
            raise Refused("Minutes late are a number, such as 12.")
        return int(typed)


def read_draft(content: str) -> CallDraft:
    """The draft that was kept; an empty one where there is none, or it is of another make."""
    try:
        kept = json.loads(content) if content else {}
        return CallDraft(**{**kept, "left_out": tuple(kept.get("left_out", ()))})
    except (ValueError, TypeError, AttributeError):
        return CallDraft()


def proposed_code(said: str, codes: Codes) -> str:
    """The code to propose: what was typed where it is a code itself, else what its words suggest; empty: none."""
    bare = _bare(said, codes)
    return bare or chasing.proposed(said)


def code_words(code: str, codes: Codes) -> str:
    """What a code means, or that it is none."""
    typed = code.strip().upper()
    if not typed:
        return "no code: the absence stays without a reason"
    if typed in PRESENT_KEYS:
        return "present"
    return codes[typed].title if typed in codes else "not a code"


def _bare(said: str, codes: Codes) -> str:
    typed = said.strip().upper()
    return typed if typed in codes or (typed and typed in PRESENT_KEYS) else ""


def _note(said: str, codes: Codes) -> str:
    """What was said; where only a code was typed, what that means."""
    bare = _bare(said, codes)
    return f"Reason given: {code_words(bare, codes)}" if bare else said.strip()


def _about(family: Family, channel: int) -> tuple[int, ...]:
    """The children that a call to this number is about; all of them where there is no number."""
    dial = next((one for one in family.dials.numbers if one.channel.id == channel), None)
    return dial.about if dial else family.key

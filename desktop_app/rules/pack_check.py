"""What a pack is held against before a school uses it, and what it would change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, replace
from typing import TypeVar

from desktop_app.domain.casework import CaseStep, Level
from desktop_app.domain.entries import EntryKind
from desktop_app.domain.figures import Figures
from desktop_app.domain.kinds import KindRule
from desktop_app.domain.rulebook import Band, Pack
from desktop_app.rules.bands import band_of

T = TypeVar("T")
_NAMES = {
    "title": "title", "meaning": "meaning", "actions": "actions", "at_least": "lower bound", "above": "lower bound",
    "at_most": "upper bound", "below": "upper bound", "lead": "who leads", "what": "what is done", "opens": "triggers",
    "after": "steps before", "next": "steps after", "asks": "what it asks", "review": "reviews", "stay": "longest stay",
    "longest": "longest time", "parts": "parts", "requirements": "requirements", "params": "numbers",
    "source": "source",
}  # fmt: skip


def faults(pack: Pack, kinds: Mapping[EntryKind, KindRule]) -> tuple[str, ...]:
    """What is wrong with a pack that can be read: asks that wait for what their kind of entry never says, and its
    worked examples that do not come out."""
    found = [
        f"{step.key}, {ask.key}: an entry of the kind “{ask.kind}” never says “{outcome}”; it says "
        f"{', '.join(kinds[EntryKind(ask.kind)].outcomes)}."
        for step in pack.casework.steps
        for ask in step.asks
        if ask.outcomes and EntryKind(ask.kind) in kinds
        for outcome in ask.outcomes
        if outcome not in kinds[EntryKind(ask.kind)].outcomes
    ]
    for number, example in enumerate(pack.examples, start=1):
        absent = example.possible - example.attended
        counted = Figures(example.possible, example.attended, absent, 0, 0, 0, {})
        band = band_of(counted, pack.bands)
        if band is None or band.key != example.band:
            said = "no band" if band is None else f"the band “{band.key}”"
            found.append(
                f"example[{number}]: {example.attended} of {example.possible} sessions come out in {said}, and the "
                f"example says “{example.band}”."
            )
    return tuple(found)


def differences(old: Pack, new: Pack) -> tuple[str, ...]:
    """What the new pack changes, in words: bands, triggers, levels, steps and the like that came, went or are other."""
    return (
        *_listed("Band", old.bands, new.bands, lambda one: one.key, _title),
        *_listed("Trigger", old.triggers, new.triggers, lambda one: one.key, lambda one: one.title),
        *_listed("Level", _bare(old), _bare(new), lambda one: one.key, lambda one: one.title),
        *_listed("Step", old.casework.steps, new.casework.steps, lambda one: one.key, _step_title),
        *_listed("Referral", old.referrals, new.referrals, lambda one: one.key, lambda one: one.title),
        *_listed("Meeting", old.casework.meetings, new.casework.meetings, lambda one: one.key, lambda one: one.title),
        *_listed("Form", old.casework.forms, new.casework.forms, lambda one: one.key, lambda one: one.title),
        *_listed("Pause", old.casework.pauses, new.casework.pauses, lambda one: one.key, lambda one: one.title),
        *(["When a case may be closed is other."] if old.casework.close != new.casework.close else []),
        *(["The formal measures are other."] if old.casework.formal != new.casework.formal else []),
    )


def _bare(pack: Pack) -> tuple[Level, ...]:
    """The levels without their steps, which are told of by themselves."""
    return tuple(replace(level, steps=()) for level in pack.casework.levels)


def _title(band: Band) -> str:
    return band.title


def _step_title(step: CaseStep) -> str:
    return step.title


def _listed(
    called: str, old: Iterable[T], new: Iterable[T], key: Callable[[T], str], title: Callable[[T], str]
) -> list[str]:
    was, now = {key(one): one for one in old}, {key(one): one for one in new}
    said = [f"{called} “{title(was[gone])}” goes." for gone in was if gone not in now]
    said += [f"{called} “{title(now[come])}” comes." for come in now if come not in was]
    for name in now.keys() & was.keys():
        if was[name] != now[name]:
            said.append(f"{called} “{title(now[name])}”: {', '.join(_changed(was[name], now[name]))}.")
    return sorted(said)


def _changed(old: object, new: object) -> list[str]:
    """The names of the fields that differ, as people say them, each once."""
    names = [field.name for field in fields(old) if getattr(old, field.name) != getattr(new, field.name)]  # type: ignore[arg-type]
    return list(dict.fromkeys(_NAMES.get(name, name.replace("_", " ")) for name in names))

"""The same reason given again and again, and spells of illness. Numbers only: neither is a reproach."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from desktop_app.domain.codes import ILLNESS
from desktop_app.domain.habits import Habit, HabitKind
from desktop_app.rules.habits.numbers import LEAST_OCCASIONS, LEAST_SPELLS, LEAST_WORDS, LONG_SPELL
from desktop_app.rules.habits.record import ChildRecord, Held, spells
from desktop_app.rules.habits.words import agreed, days_of, days_words, listed
from desktop_app.rules.session_lists import count_words

SPELLS_NAMED = 5


def same_reasons(record: ChildRecord) -> tuple[Habit, ...]:
    """One code of absence on several separate occasions, or the very same words. N and U are no reasons."""
    counted = record.counted
    known = {one.code.key: one.code for one in counted if one.absent and not one.code.provisional and not one.code.late}
    found: list[Habit] = []
    for key, code in sorted(known.items()):
        occasions = spells(counted, [key])
        if len(occasions) >= LEAST_OCCASIONS:
            says = f"Same reason: {key}, {code.title}, on {len(occasions)} separate occasions"
            found.append(_repeated(record, says, occasions))
    return (*found, *_same_words(record))


def illness_spells(record: ChildRecord) -> tuple[Habit, ...]:
    """Each spell of illness with its length; weekends and holidays lie within one, a session attended ends it."""
    ill = spells(record.counted, [ILLNESS])
    if len(ill) < LEAST_SPELLS and not any(len(spell) >= LONG_SPELL for spell in ill):
        return ()
    held = tuple(one for spell in ill for one in spell)
    says = (
        f"Illness: {count_words(len(ill), 'spell', 'spells')} of {_lengths([len(spell) for spell in ill])}, "
        f"{days_words(len(held))} in all; nothing was attended within a spell."
    )
    return (Habit(HabitKind.ILLNESS_SPELLS, says + agreed(record, held), tuple(one.seen for one in held)),)


def _lengths(sessions: Sequence[int]) -> str:
    """`1, 2½ and 3 days`; of many spells, how many had each length: `1 day (4 times) and 2 days (once)`."""
    if len(set(sessions)) == 1:
        return f"{days_words(sessions[0])}{' each' if len(sessions) > 1 else ''}"
    if len(sessions) <= SPELLS_NAMED:
        return f"{listed([days_of(number) for number in sessions])} days"
    counted = ((number, sessions.count(number)) for number in sorted(set(sessions)))
    return listed([f"{days_words(number)} ({'once' if many == 1 else f'{many} times'})" for number, many in counted])


def _same_words(record: ChildRecord) -> list[Habit]:
    """The notes of absences, compared without case and spacing; each run of absence counts once."""
    counted = record.counted
    keys = {one.code.key for one in counted if one.absent}
    occasions: defaultdict[str, list[tuple[Held, ...]]] = defaultdict(list)
    for spell in spells(counted, keys):
        of_words: defaultdict[str, list[Held]] = defaultdict(list)
        for one in spell:
            of_words[_plain(one.note)].append(one)
        for words, held in of_words.items():
            if words:
                occasions[words].append(tuple(held))
    return [
        _repeated(record, f"Same words: “{found[0][0].note.strip()}”, on {len(found)} separate occasions", tuple(found))
        for _, found in sorted(occasions.items())
        if len(found) >= LEAST_WORDS
    ]


def _repeated(record: ChildRecord, says: str, occasions: tuple[tuple[Held, ...], ...]) -> Habit:
    held = tuple(one for occasion in occasions for one in occasion)
    says = f"{says}, {count_words(len(held), 'session', 'sessions')} in all."
    return Habit(HabitKind.SAME_REASON, says + agreed(record, held), tuple(one.seen for one in held))


def _plain(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip(".")

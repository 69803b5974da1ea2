"""What was done, as a witness says it: in the first person what the witness did, else that the school did it.

Practice 27: only what that person did or the school’s records show. A name besides would need a statement more, so of
what somebody else did the record says that the school did it. Words that were recorded are quoted, never said anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_app.domain.clock import school_time
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.kinds import OPINION
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.chronology import UNNAMED
from desktop_app.rules.display import happened_time, long_date
from desktop_app.rules.entry_forms import told

DEEDS: Mapping[EntryKind, tuple[str, str]] = {
    EntryKind.PHONE_CALL: ("telephoned {persons}", "made a telephone call"),
    EntryKind.TEXT: ("sent a text message to {persons}", "sent a text message"),
    EntryKind.EMAIL: ("sent an e-mail to {persons}", "sent an e-mail"),
    EntryKind.LETTER: ("sent a letter to {persons}", "sent a letter"),
    EntryKind.MEETING: ("arranged a meeting with {persons}", "arranged a meeting"),
    EntryKind.HOME_VISIT: ("visited the home of {persons}", "visited the home"),
    EntryKind.SUPPORT: ("recorded support for the family, with {persons}", "recorded support for the child"),
    EntryKind.WARNING: ("gave a warning to {persons}", "gave a warning"),
    EntryKind.NOTICE_TO_IMPROVE: ("issued a Notice to Improve to {persons}", "issued a Notice to Improve"),
}
"""What was done with somebody, and with nobody; any other kind is “recorded” under its name. Whether somebody was
reached, seen or came is in what was recorded of it, and is never said by these words."""
CAME: Mapping[tuple[EntryKind, str], str] = {
    (EntryKind.PHONE_CALL, "they rang"): "was telephoned by {persons}",
    (EntryKind.PHONE_CALL, "at the gate"): "spoke at the gate with {persons}",
    (EntryKind.TEXT, "they wrote"): "received a text message from {persons}",
    (EntryKind.EMAIL, "they wrote"): "received an e-mail from {persons}",
    (EntryKind.LETTER, "they wrote"): "received a letter from {persons}",
}
"""What came to the school, by what the details say of its direction."""


def deed_words(
    file: CaseFile, entry: Entry, additions: Sequence[Entry], labels: Sequence[str], witness: str
) -> str:  # fmt: skip
    """One paragraph: what was done and when, what was recorded of it, and what is produced with it."""
    mine = entry.author.name == witness
    day = entry.happened_at.date()
    # Of what the school did the hour says nothing; of what the witness did it does.
    hour = happened_time(entry.happened_at)
    when = f"{long_date(day)} at {hour}" if mine and hour else long_date(day)
    said = (
        f"On {when} I {_did(file, entry)}."
        if mine
        else f"The school’s records show that on {when} {_school(file, entry)}."
    )
    recorded = _recorded(file, entry)
    if recorded:
        said += f" {'I recorded' if mine else 'The record says'}: {recorded}"
    for one in additions:
        by = "I added" if one.author.name == witness else "It was added"
        if text := _quoted(one):
            said += f" {by} on {long_date(school_time(one.recorded_at).date())}: {text}"
    return f"{said}{_produced(labels)}"


def _school(file: CaseFile, entry: Entry) -> str:
    return f"the school {_did(file, entry)}"


def _did(file: CaseFile, entry: Entry) -> str:
    persons = " and ".join(file.names.get(person, UNNAMED) for person in entry.persons)
    came = CAME.get((entry.kind, entry.details.get("direction", "")))
    if persons and came:
        return came.format(persons=persons)
    if entry.kind in DEEDS:
        return DEEDS[entry.kind][0 if persons else 1].format(persons=persons)
    about = f", about or with {persons}" if persons else ""
    return f"recorded “{entry.kind.label}”{about}"


def _recorded(file: CaseFile, entry: Entry) -> str:
    """The words of the record, then the fields of its form, as they stand. No opinion: it is no fact."""
    rule = file.rulebook.kinds.rules.get(entry.kind)
    details = {key: value for key, value in entry.details.items() if key not in (OPINION, "direction")}
    names = {f"person:{key}": name for key, name in file.names.items()}
    fields = told(rule, details, names) if rule is not None else ()
    said = "; ".join(f"{title}: {value}" for title, value in fields)
    return " ".join(filter(None, (_quoted(entry), f"({said})." if said else "")))


def _quoted(entry: Entry) -> str:
    texts = [text.strip() for text in (entry.outcome, entry.note) if text.strip()]
    return f"“{' – '.join(texts)}”." if texts else ""


def _produced(labels: Sequence[str]) -> str:
    if not labels:
        return ""
    if len(labels) == 1:
        return f" I produce it as exhibit {labels[0]}."
    return f" I produce what belongs to it as exhibits {', '.join(labels[:-1])} and {labels[-1]}."

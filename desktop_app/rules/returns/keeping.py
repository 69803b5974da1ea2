"""Returns as they are kept: the details of the entry of one that was made, and of the one that says it was sent."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.returns import Answered, MadeReturn, ReturnKind, ReturnLine, Sent
from desktop_app.domain.sessions import Half
from desktop_app.domain.triggers import Seen

KIND, MONTH, AUTHORITY, LINES, LEFT, DUE = "kind", "month", "authority", "lines", "left-out", "due"
SENT, HOW, REFERENCE = "sent", "how", "reference"
EMPTY = "Nobody to report"


def details_of_made(
    kind: ReturnKind,
    month: date,
    authority: str,
    lines: Sequence[ReturnLine],
    left: Sequence[tuple[ReturnLine, str]],
    due: date | None,
) -> dict[str, str]:
    """The details of the entry of a return that was made."""
    details = {
        KIND: kind.value,
        MONTH: month.isoformat(),
        AUTHORITY: authority,
        LINES: json.dumps([*map(_said, lines)]),
    }
    if left:
        details[LEFT] = json.dumps([{**_said(line), "left": reason} for line, reason in left])
    if due:
        details[DUE] = due.isoformat()
    return details


def details_of_sent(sent: Sent) -> dict[str, str]:
    """The details of the entry that says a return was sent."""
    details = {SENT: sent.day.isoformat(), HOW: sent.how}
    return {**details, REFERENCE: sent.reference} if sent.reference else details


def made_returns(entries: Iterable[Entry]) -> tuple[MadeReturn, ...]:
    """Every return that was made, the newest first, each with whether and how it was sent."""
    every = [one for one in entries if one.kind is EntryKind.RETURN]
    sent = {one.adds_to: _sent(one) for one in every if one.adds_to and one.withdrawn is None and SENT in one.details}
    made = [_made(one, sent.get(one.id)) for one in every if LINES in one.details]
    return tuple(sorted(made, key=lambda one: (one.made_at, one.id), reverse=True))


def _made(entry: Entry, sent: Sent | None) -> MadeReturn:
    details = entry.details
    left = [(_line(one), str(one["left"])) for one in json.loads(details.get(LEFT, "[]"))]
    return MadeReturn(
        id=entry.id,
        kind=ReturnKind(details[KIND]),
        month=date.fromisoformat(details[MONTH]),
        authority=details[AUTHORITY],
        made_at=entry.happened_at,
        author=entry.author,
        lines=tuple(map(_line, json.loads(details[LINES]))),
        left_out=tuple(left),
        due=date.fromisoformat(details[DUE]) if DUE in details else None,
        sent=sent,
        withdrawn=entry.withdrawn.reason if entry.withdrawn else "",
    )


def _sent(entry: Entry) -> Sent:
    details = entry.details
    return Sent(date.fromisoformat(details[SENT]), details[HOW], details.get(REFERENCE, ""), entry.author)


def _said(line: ReturnLine) -> dict[str, object]:
    """A line as text: what it says, and what it answers; the columns are in the file itself."""
    return {
        "key": line.key,
        "pupil": line.pupil,
        "why": line.why,
        "source": line.source,
        "since": line.since.isoformat(),
        "due": line.due.isoformat() if line.due else None,
        "by_hand": line.by_hand,
        "sessions": [f"{one.day.isoformat()} {one.half} {one.code}" for one in line.sessions],
        "answers": [
            [one.key, one.since.isoformat(), one.month.isoformat() if one.month else ""] for one in line.answers
        ],
    }


def _line(said: Mapping[str, Any]) -> ReturnLine:
    return ReturnLine(
        key=said["key"],
        pupil=said["pupil"],
        why=said["why"],
        source=said["source"],
        since=date.fromisoformat(said["since"]),
        due=date.fromisoformat(said["due"]) if said["due"] else None,
        sessions=tuple(map(_session, said["sessions"])),
        answers=tuple(
            Answered(key, date.fromisoformat(since), date.fromisoformat(month) if month else None)
            for key, since, month in said["answers"]
        ),
        by_hand=said["by_hand"],
    )


def _session(said: str) -> Seen:
    day, half, code = said.split(" ", 2)
    return Seen(date.fromisoformat(day), Half(half), code)

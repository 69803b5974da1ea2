"""The words of what an entry holds besides its outcome and note: details, opinion, files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop_app.actions.attachments import attachments_of
from desktop_app.actions.pupils import PupilPage
from desktop_app.context import Context
from desktop_app.domain.cases import MEETING
from desktop_app.domain.entries import Attachment, Entry, EntryKind
from desktop_app.domain.kinds import OPINION, KindRule
from desktop_app.domain.rights import Right
from desktop_app.domain.staff import Staff
from desktop_app.rules.entry_forms import told

Files = Mapping[int, tuple[Attachment, ...]]


@dataclass(frozen=True, slots=True)
class Said:
    """How details are told: the form of each kind, the names of contacts and staff by `person:3` and `staff:1`, the
    pack's meetings by key, and the files by entry."""

    rules: Mapping[EntryKind, KindRule] = field(default_factory=dict[EntryKind, KindRule])
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    meetings: Mapping[str, str] = field(default_factory=dict[str, str])
    files: Files = field(default_factory=dict[int, tuple[Attachment, ...]])

    def details(self, entry: Entry) -> tuple[tuple[str, str], ...]:
        """The details of an entry: title and value of each field of its form."""
        rule = self.rules.get(entry.kind)
        if rule is None:
            return ()
        details = dict(entry.details)
        if entry.kind is EntryKind.MEETING and MEETING in details:
            details[MEETING] = self.meetings.get(details[MEETING], details[MEETING])
        return told(rule, details, self.names)

    def opinion(self, entry: Entry) -> str:
        """What its author thinks, marked as theirs; empty where they said nothing of it."""
        thinks = entry.details.get(OPINION, "").strip()
        return f"What {entry.author.name} thinks: {thinks}" if thinks else ""

    def files_line(self, entry: int) -> str:
        """The files of an entry on one line; empty where it has none."""
        names = [one.shown_name for one in self.files.get(entry, ())]
        return f"Attached: {', '.join(names)}" if names else ""


def said_of(context: Context, page: PupilPage) -> Said:
    """The words for the chronology of a child's page."""
    if not context.may(Right.READ_LOG):
        return Said()
    with context.store.reading() as reading:
        meetings = context.pack(reading.book.school()).casework.meetings
        staff = reading.book.all(Staff)
    names = {f"person:{card.person.id}": card.person.formal_name for card in page.contacts}
    names |= {f"staff:{one.id}": one.name for one in staff}
    return Said(
        context.rulebook.kinds.rules,
        names,
        {one.key: one.title for one in meetings},
        attachments_of(context, page.pupil.id),
    )

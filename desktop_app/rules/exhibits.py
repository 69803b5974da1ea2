"""Which files of the record are exhibits of a bundle, under which label, and how each comes in.

Each is produced by one witness, is labelled with the witness’s initials and a number in order of date, and is shown
exactly as it was sent or received. Source: practice, points 27 and 28; Criminal Justice Act 1967 section 9(7): a
document that a statement refers to as an exhibit is treated as an exhibit.
"""

from __future__ import annotations

from collections.abc import Iterator

from desktop_app.domain.bundle import LeftOut
from desktop_app.domain.entries import Attachment, Entry
from desktop_app.domain.exhibits import Exhibit, TakenAs
from desktop_app.domain.referrals import Disclosure
from desktop_app.rules.attachments import GIF, JPEG, PDF, PNG, TEXT, TIFF
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.chronology import printed
from desktop_app.rules.display import long_date

TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "rev", "revd", "prof"})
TAKEN_AS = {
    PDF: TakenAs.PAGES, TEXT: TakenAs.TEXT,
    **dict.fromkeys((PNG, JPEG, GIF, TIFF), TakenAs.PICTURE),
}  # fmt: skip
"""How a file of each type comes in; any other stands beside the bundle until somebody saves it as PDF."""
OTHERS = "it is about other children too; leave it out, or black their names and add it as a file of this child’s own"


def initials(name: str) -> str:
    """`KH` of `Mrs K Hale`: the label of that witness’s exhibits; `W` of nobody."""
    words = [word for word in name.replace("-", " ").split() if word.strip(".").casefold() not in TITLES]
    return "".join(word[0].upper() for word in words if word[0].isalpha()) or "W"


def exhibits(file: CaseFile, witness: str) -> tuple[Exhibit, ...]:
    """The exhibits of a file as its reader may see it, in order of date; none that cannot be taken in gets a label."""
    mark = initials(file.request.witness or witness)
    labelled = 0
    found: list[Exhibit] = []
    for entry, attachment in _files(file):
        if why_left_out(file, entry, attachment):
            continue
        taken_as = TAKEN_AS.get(attachment.media_type, TakenAs.BESIDE)
        if taken_as is not TakenAs.BESIDE:
            labelled += 1
        label = f"{mark}/{labelled}" if taken_as is not TakenAs.BESIDE else ""
        day = entry.happened_at.date()
        found.append(Exhibit(label, attachment, entry.id, day, _says(entry), taken_as))
    return tuple(found)


def no_exhibits(file: CaseFile) -> str:
    """Why there is no part of exhibits: no file that can come in as pages is kept with what is told."""
    if any(one.label for one in exhibits(file, "")):
        return ""
    return "No letter, scan or other file is kept with what is told here, in a form that has pages."


def files_left_out(file: CaseFile) -> Iterator[LeftOut]:
    """The files that are not exhibits, each with why."""
    for entry, attachment in _files(file):
        if why := why_left_out(file, entry, attachment):
            yield LeftOut(f"“{attachment.shown_name}”, {_says(entry)}, {long_date(entry.happened_at.date())}", why)


def why_left_out(file: CaseFile, entry: Entry, attachment: Attachment) -> str:
    """Why a file is no exhibit; empty where it is one."""
    if chosen := file.request.without(f"exhibit:{attachment.id}"):
        return chosen
    shown = {file.pupil.id, *(sibling.pupil.id for sibling in file.siblings)}
    if not shown.issuperset(entry.pupils) and file.referral.disclosure is Disclosure.COURT:
        return OTHERS
    return ""


def _files(file: CaseFile) -> Iterator[tuple[Entry, Attachment]]:
    """The files of the record up to the day, in order of date; none of an entry that was withdrawn."""
    by_entry: dict[int, list[Attachment]] = {}
    for one in file.files:
        by_entry.setdefault(one.entry, []).append(one)
    for entry in sorted(file.entries, key=lambda entry: (entry.happened_at, entry.id)):
        told = printed(file, entry) and entry.withdrawn is None
        if told and entry.happened_at.date() <= file.request.on:
            yield from ((entry, attachment) for attachment in by_entry.get(entry.id, ()))


def _says(entry: Entry) -> str:
    """What a file is, in one line: of what kind it was kept with, and what that says of itself."""
    return f"{entry.kind.label}: {entry.outcome}" if entry.outcome else entry.kind.label

"""The restricted notes that the safeguarding lead lets out, one by one, into a bundle for safeguarding; nothing else.

Sources: practice, points 8 and 28 (restricted notes leave only in a pack for safeguarding, one by one, and nobody is
told how many there are).
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.domain.entries import Entry
from desktop_app.domain.referrals import Disclosure
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.chronology import about


@dataclass(frozen=True, slots=True)
class LetOut:
    """A note that is let out, and what it is about, where its kind alone does not say."""

    entry: Entry
    about: str


def let_out(file: CaseFile) -> tuple[LetOut, ...]:
    """The notes in the bundle, by when they happened; none but for safeguarding."""
    if file.referral.disclosure is not Disclosure.SAFEGUARDING:
        return ()
    found = sorted(file.let_out, key=lambda entry: (entry.happened_at, entry.id))
    return tuple(LetOut(entry, about(file, entry)) for entry in found)


def none_let_out(file: CaseFile) -> str:
    """Why there is no such part. It says the same whether or not there are any."""
    return "" if let_out(file) else "The safeguarding lead has let no restricted note into this bundle."

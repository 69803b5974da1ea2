"""The restricted notes that go into a bundle: opened one by one, by somebody who may read them, for safeguarding alone.

Source: practice, points 8 and 28: restricted notes leave only in a referral to the safeguarding hub, one by one, by the
safeguarding lead; nobody else is told that there are any.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop_app.actions.needs import needs
from desktop_app.actions.restricted import opened
from desktop_app.context import Context
from desktop_app.domain.bundle import BundleRequest
from desktop_app.domain.entries import Entry
from desktop_app.domain.errors import Refused
from desktop_app.domain.referrals import Disclosure, Referral
from desktop_app.domain.rights import Right

ENTRY = "entry:"
NOT_FOR_THIS = "Restricted notes leave the school in a referral for safeguarding only, not in this one."
NOT_YOURS = "Only the headteacher and the safeguarding lead let a restricted note out. Tell the safeguarding lead."
NO_NOTE = "There is no such restricted note of this child, or it cannot be read with this password."


@needs(Right.READ_CASE)
def let_out(
    context: Context, request: BundleRequest, referral: Referral, entries: Sequence[Entry]
) -> tuple[Entry, ...]:
    """The notes that are let out, each opened. Raises `Refused` where one may not be, or there is none."""
    if not request.let_out:
        return ()
    if referral.disclosure is not Disclosure.SAFEGUARDING:
        raise Refused(NOT_FOR_THIS)
    if not context.store.opens_sealed:
        raise Refused(NOT_YOURS)
    return tuple(_opened(context, request, {f"{ENTRY}{entry.id}": entry for entry in entries if entry.restricted}))


def _opened(context: Context, request: BundleRequest, known: dict[str, Entry]) -> Iterator[Entry]:
    for choice in request.let_out:
        if not choice.why.strip():
            raise Refused("Say for each note that is let out why it is.")
        entry = known.get(choice.what)
        note = opened(context.store, entry) if entry is not None else None
        if note is None or not note.readable or note.entry.withdrawn is not None:
            raise Refused(NO_NOTE)
        if note.entry.happened_at.date() > request.on:
            raise Refused(NO_NOTE)
        yield note.entry

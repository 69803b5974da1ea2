"""Readiness of what is signed: the headteacher’s certificate, and the witness’s statement.

Sources: Education Act 1996 section 566; Criminal Justice Act 1967 section 9; practice 26 and 27: unsigned they are
drafts, and the scanned signed page takes their place.
"""

from __future__ import annotations

from desktop_app.domain.bundle import Do, DoAt
from desktop_app.domain.referrals import Requirement
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.certificate import why_not_drawn
from desktop_app.rules.readiness.answers import Answered, met, missing


def certificate_possible(file: CaseFile, _: Requirement) -> Answered:
    """The certificate can be drawn: nothing in its period is open."""
    why = why_not_drawn(file)
    if why:
        return missing(why, Do(DoAt.PERIOD, "Settle the register of the period, or choose one that is settled."))
    return met("Every session it covers has a settled mark.")

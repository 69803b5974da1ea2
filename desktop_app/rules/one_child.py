"""What is said of one child on paper that leaves the school: never a word of another.

Source: data protection (each child’s record is its own) and practice (a case names no other child).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from desktop_app.domain.people import Pupil
from desktop_app.rules.names import plain

KEPT_BACK = "(wording kept back: it names another child)"
WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


def of_one_child(text: str, child: Pupil, others: Iterable[Pupil]) -> str:
    """The text, or that it is kept back where it has the forename of another child whom it may be about. A forename
    that the child bears too, or that is its own surname, says nothing of another."""
    own = {plain(one) for one in (*_forenames(child), child.surname, child.legal_surname)}
    theirs = {plain(one) for other in others for one in _forenames(other)} - own
    said = {plain(word) for word in WORD.findall(text)}
    said |= {part for word in said for part in re.split("[’'-]", word)}
    return KEPT_BACK if said & theirs else text


def _forenames(pupil: Pupil) -> tuple[str, ...]:
    return tuple(filter(None, (pupil.forename, pupil.legal_forename, pupil.used_forename)))

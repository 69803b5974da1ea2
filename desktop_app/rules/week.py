"""What in a week’s marks should be looked at before it is signed off, though it may be as it should.

Source: practice of school offices: what an authority sends a pack back for is a holiday coded O, a mark after leaving,
or X on a child of compulsory school age ("Working together to improve school attendance"). A child who came while a
brother or sister is recorded abroad is no clash: nothing is asked of one child’s marks because of another’s.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from desktop_app.domain.codes import Code, Counts
from desktop_app.domain.marks import Mark
from desktop_app.rules.arranged import unarranged
from desktop_app.rules.codes import age_refusal
from desktop_app.rules.standing import Origin, Standing


def clashes(
    mark: Mark, stray: str | None, born: date, stands: Standing | None, codes: Mapping[str, Code]
) -> Iterator[str]:
    """What is odd about a mark, in words. `stray` says why no mark can stand there, `stands` what was planned."""
    code = codes[mark.code]
    if stray:
        yield f"{mark.code} stands {stray}"
        return
    if not_of_age := age_refusal(code, born, mark.day):
        yield not_of_age
    elif asked := unarranged(mark.code, mark.note, stands):
        yield asked
    if stands is None or stands.origin is not Origin.PLAN or code.provisional:
        return
    planned, about = codes[stands.code], f" ({stands.note})" if stands.note else ""
    if code.counts.attended and not planned.elsewhere and not mark.note.strip():
        yield f"here, where {planned.key} was planned{about}; no note says why"
    if code.counts is Counts.UNAUTHORISED and planned.counts is Counts.AUTHORISED:
        yield f"{mark.code} stands, where {planned.key} was planned{about}: leave that was granted is no {mark.code}"

"""Signed pages that were scanned back in, in the place of what would be drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop_app.documents.exhibits import taken_pages
from desktop_app.documents.flow import Flow
from desktop_app.documents.taken import TakenFile
from desktop_app.domain.evidence import SignedPages


def draw_signed(flow: Flow, signed: Sequence[SignedPages], taken: Mapping[int, TakenFile]) -> tuple[SignedPages, ...]:
    """Draw the scanned pages, in the order they were signed; those of which a scan could be read are given back."""
    shown: list[SignedPages] = []
    for one in signed:
        file = taken.get(one.attachment.id)
        if file is None or file.why or not file.pages:
            continue
        if not shown:
            flow.pages.pop()
        shown.append(one)
        flow.pages.extend(taken_pages(file, one.attachment.id))
        flow.y = flow.size.bottom
    return tuple(shown)

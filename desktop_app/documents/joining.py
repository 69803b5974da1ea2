"""Several PDFs as one, their pages as they are."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any

import pypdfium2  # type: ignore[import-untyped]


def join_pdfs(parts: Iterable[bytes]) -> bytes:
    """One PDF of all their pages, in order."""
    library: Any = pypdfium2
    whole = library.PdfDocument.new()
    for content in parts:
        part = library.PdfDocument(content)
        whole.import_pages(part)
        part.close()
    stream = BytesIO()
    whole.save(stream)
    whole.close()
    return stream.getvalue()

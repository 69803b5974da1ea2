"""A page of a PDF as a picture of dots."""

from __future__ import annotations

import threading
from io import BytesIO
from typing import Any

TURN = threading.Lock()
"""PDFium does one thing at a time, whichever document it is of: everybody who uses it takes turns here."""


def first_page(content: bytes, scale: float) -> bytes:
    """The first page of a PDF as a PNG of `scale` dots a point."""
    import pypdfium2  # noqa: PLC0415  # pyright: ignore[reportMissingTypeStubs] - loaded with the first picture

    library: Any = pypdfium2
    with TURN:
        document = library.PdfDocument(content)
        page = document[0]
        bitmap = page.render(scale=scale)
        image = bitmap.to_pil().convert("L").quantize(32)
        bitmap.close()
        page.close()
        document.close()
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()

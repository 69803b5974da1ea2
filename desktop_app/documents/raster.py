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


def first_text(content: bytes) -> str:
    """The text of the first two pages of a PDF; empty where it cannot be read."""
    import pypdfium2  # noqa: PLC0415  # pyright: ignore[reportMissingTypeStubs] - loaded with the first picture

    library: Any = pypdfium2
    with TURN:
        try:
            document = library.PdfDocument(content)
        except library.PdfiumError:
            return ""
        try:
            return "\n".join(
                document[number].get_textpage().get_text_range() for number in range(min(2, len(document)))
            )
        except library.PdfiumError:
            return ""
        finally:
            document.close()

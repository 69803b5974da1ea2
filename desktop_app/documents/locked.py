"""A PDF under a password: without it nothing of it can be read."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader, PdfWriter

from desktop_app.domain.frozen import COPY_OF


def lock(content: bytes, password: str) -> bytes:
    """The same PDF under a password (AES-256)."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(content)))
    writer.encrypt(password, algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def lock_copy(content: bytes, password: str, reference: str) -> bytes:
    """A locked copy of a document of ours. Its reference stays readable, and nothing else of it."""
    return lock(content, password) + COPY_OF + reference.encode("ascii") + b"\n"

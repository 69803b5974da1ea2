"""Sealed text: what only the second key opens, such as the reason of a hold.

A sealed text is `1:` and the URL-safe base64 of a nonce of 12 bytes and AES-256-GCM of the text in UTF-8, with the
version as associated data. Whoever has not the second key can tell neither the text nor, beyond its length, anything
of it.
"""

from __future__ import annotations

import binascii
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_MARK = "1:"
_BOUND = b"rollbook sealed text 1"
_NONCE_BYTES = 12


def seal(key: bytes, text: str) -> str:
    """Seal a text with the second key."""
    nonce = secrets.token_bytes(_NONCE_BYTES)
    content = AESGCM(key).encrypt(nonce, text.encode("utf-8", "surrogatepass"), _BOUND)
    return _MARK + urlsafe_b64encode(nonce + content).decode("ascii")


def unseal(key: bytes, sealed: str) -> str | None:
    """The text, or None where it was sealed with another key or is not whole."""
    if not sealed.startswith(_MARK):
        return None
    try:
        content = urlsafe_b64decode(sealed.removeprefix(_MARK))
        plain = AESGCM(key).decrypt(content[:_NONCE_BYTES], content[_NONCE_BYTES:], _BOUND)
    except (binascii.Error, ValueError, InvalidTag):
        return None
    return plain.decode("utf-8", "surrogatepass")

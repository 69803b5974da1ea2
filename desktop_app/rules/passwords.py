"""What makes a password good enough to guard children's records.

Source: Cyber Essentials (at least 12 characters, no rule on their kinds, no forced expiry, a list of denied passwords).
"""

from __future__ import annotations

from collections.abc import Collection

SHORTEST = 12


def password_fault(password: str, commonest: Collection[str] = ()) -> str | None:
    """What is wrong with a password, in words; None where nothing is. `commonest` are those everybody tries first."""
    if len(password) < SHORTEST:
        return f"The password needs at least {SHORTEST} characters; four words in a row are good and easy to keep."
    if password.casefold() in commonest:
        return "That password is among the first that anybody would try; take four words of your own."
    if len(set(password)) < 4:
        return "The password repeats the same few characters; take four words of your own."
    return None

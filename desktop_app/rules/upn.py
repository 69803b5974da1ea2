"""Unique pupil numbers. Source: DfE, "Unique pupil numbers (UPNs): guide", the check letter and temporary UPNs."""

from __future__ import annotations

LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""The check letters by remainder: the alphabet without I, O and S, which are misread."""

LENGTH = 13


def check_letter(body12: str) -> str:
    """The check letter for characters 2 to 13: eleven digits, then a digit or (temporary UPN) a letter.

    Raises `ValueError` where they are anything else.
    """
    if not _body_fits(body12):
        raise ValueError(f"not the last twelve characters of a UPN: {body12!r}")
    values = [*map(int, body12[:-1]), _last_value(body12[-1])]
    return LETTERS[sum(position * value for position, value in enumerate(values, start=2)) % len(LETTERS)]


def upn_fault(text: str) -> str | None:
    """What is wrong with a UPN, in words; None where nothing is. Temporary UPNs (a letter at the end) are good ones."""
    if len(text) != LENGTH:
        return f"a UPN has {LENGTH} characters and this has {len(text)}"
    if text != text.upper():
        return "the letters of a UPN are capitals"
    if text[0] not in LETTERS:
        return "a UPN begins with a letter other than I, O and S"
    if not _body_fits(text[1:]):
        return "after its first letter a UPN has eleven digits, then one more digit (or one letter, if temporary)"
    if check_letter(text[1:]) != text[0]:
        return "the first letter does not agree with the other characters; one of them is mistyped"
    return None


def _body_fits(body: str) -> bool:
    digits = body[:-1]
    return (
        len(body) == LENGTH - 1
        and digits.isascii()
        and digits.isdigit()
        and ((body[-1].isascii() and body[-1].isdigit()) or body[-1] in LETTERS)
    )


def _last_value(character: str) -> int:
    return int(character) if character.isdigit() else LETTERS.index(character)

"""A letter’s template as a Word file, to be changed in Word and brought in again."""

from __future__ import annotations

from desktop_app.actions.letter_book import letter_book
from desktop_app.actions.needs import needs
from desktop_app.actions.templates import template
from desktop_app.context import Context
from desktop_app.domain.errors import Refused
from desktop_app.domain.letters import LetterField
from desktop_app.domain.rights import Right


@needs(Right.LOG)
def word_of_template(context: Context, kind: str, language: str) -> bytes:
    """The Word file in force as it is, or the words of the template in one. Refused where there is no template."""
    found = template(context, kind, language)
    if found is None:
        raise Refused("There is no letter in that language yet: write one first.")
    if found.word:
        with context.store.reading() as reading:
            return reading.entries.attachment_bytes(found.word)
    from desktop_app.documents.letter_blank import blank_word  # noqa: PLC0415 - loaded when it is wanted

    return blank_word(found.subject, found.body, right_to_left=found.right_to_left)


@needs(Right.LOG)
def template_fields(context: Context, kind: str) -> tuple[LetterField, ...]:  # noqa: ARG001 - it asks for the right
    """The fields that a template of that kind may use."""
    return letter_book().fields_of(letter_book().rules[kind])

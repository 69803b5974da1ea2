"""A sheet in the language a parent reads, put behind a letter that is in another: whom to telephone, and that the
school finds an interpreter. Its sentences are those of the letters that are written in that language.

Source: practice, point 47 (an interpreter, never the child).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from desktop_app.actions.letter_book import letter_book
from desktop_app.domain.letters import Cover, GuardFinding, Language, LetterSheet, PlannedLetter, Weight
from desktop_app.domain.people import Person
from desktop_app.rules.letters import empty_fields, merge

INTERPRETER, COVER = "interpreter", "cover"
"""The details of a letter: for which language an interpreter is to be offered; the languages of the sheets with it."""
SOURCE = "Practice, point 47"


def other_language(person: Person, language: str) -> tuple[str, Language | None] | None:
    """What a person reads, as the contact says and as a language of letters, where a letter is not in it."""
    said = person.language.strip()
    known = letter_book().language(said) if said else None
    return None if not said or (known is not None and known.key == language) else (said, known)


def covers_for(
    persons: Iterable[Person], language: str, values: Callable[[Language], Mapping[str, str]]
) -> tuple[Cover, ...]:
    """A sheet for each language that some persons read and a letter is not in, where there are words for one and
    nothing in them is empty."""
    found: dict[str, Cover] = {}
    for person in persons:
        reads = other_language(person, language)
        tongue = reads[1] if reads else None
        if tongue is None or not tongue.cover or tongue.key in found:
            continue
        filled = values(tongue)
        subject, _, body = tongue.cover.partition("\n")
        if not empty_fields(tongue.cover, filled, letter_book().fields.values()):
            subject, body = (merge(text, filled, right_to_left=tongue.right_to_left) for text in (subject, body))
            found[tongue.key] = Cover(tongue.key, subject.strip(), body.strip())
    return tuple(found.values())


def language_findings(
    pupil: int, persons: Iterable[Person], language: str, covers: Iterable[Cover]
) -> Iterator[GuardFinding]:
    """What is to be known where a parent reads another language than a letter is in."""
    enclosed = {one.language for one in covers}
    tongue = letter_book().languages[language].title
    for person in persons:
        reads = other_language(person, language)
        if reads is None:
            continue
        said, known = reads
        sheet = known is not None and known.key in enclosed
        more = f" A sheet in {said} goes with it: the school finds an interpreter." if sheet else ""
        words = (
            f"{person.full_name} reads {said}; this letter is in {tongue}. Offer an interpreter, never the child.{more}"
        )
        yield GuardFinding("language", Weight.TELL, words, pupil, person.id, SOURCE)


def cover_details(one: PlannedLetter) -> dict[str, str]:
    """What is kept of it with the letter: which sheets went with it, and for which language an interpreter is due."""
    found: dict[str, str] = {}
    if one.covers:
        found[COVER] = ", ".join(cover.language for cover in one.covers)
    if one.reads:
        found[INTERPRETER] = f"to be offered: {', '.join(one.reads)}"
    return found


def cover_words(one: PlannedLetter) -> str:
    """The same as a sentence of the entry; empty where the letter is in the parent’s own language."""
    if not one.reads:
        return ""
    sheets = ", ".join(letter_book().languages[cover.language].title for cover in one.covers)
    with_it = f" With it a sheet in {sheets}." if sheets else ""
    return f". Reads {', '.join(one.reads)}: an interpreter is to be offered.{with_it}"


def cover_sheets(one: PlannedLetter, sheet: LetterSheet, dated: Callable[[Language], str]) -> Iterator[LetterSheet]:
    """The sheets as they are drawn, behind the letter."""
    for cover in one.covers:
        tongue = letter_book().languages[cover.language]
        yield replace(sheet, subject=cover.subject, body=cover.body, language=tongue, date=dated(tongue), signature=b"")

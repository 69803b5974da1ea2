"""The letters there are: as shipped, and with the school's own templates, logo and signature over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from desktop_app import paths
from desktop_app.actions.needs import needs
from desktop_app.context import Context
from desktop_app.domain.entries import Entry, EntryKind
from desktop_app.domain.errors import Refused
from desktop_app.domain.letters import LetterBook, LetterField, LetterRule, Template
from desktop_app.domain.rights import Right
from desktop_app.domain.staff import Staff
from desktop_app.ports import Reading
from desktop_app.rulebook_letters import read_letters
from desktop_app.rules.letters import fields_in

LETTER, LANGUAGE, SUBJECT, SHIPPED, PICTURE = "letter", "language", "subject", "shipped", "picture"
"""Keys of an entry's details: which kind of letter, in which language; and, of a template, its subject, that the
shipped one holds again, or which picture it is."""
YES = "yes"
SIGNER, POSITION = "signer", "position"
"""Whose signature it is."""
WORDS = "words"
"""The words of a Word file, with its fields: what is looked at when something in it is empty for a child."""
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Picture(StrEnum):
    """A picture that every letter bears."""

    LOGO = "logo"
    SIGNATURE = "signature"


@lru_cache(maxsize=1)
def letter_book() -> LetterBook:
    """The kinds, fields, languages and templates as shipped, read when they are first asked for."""
    return read_letters(paths.resources() / "casework" / "letters")


def rule_of(kind: str) -> LetterRule:
    """The rule of a kind of letter. Raises `Refused` where there is none."""
    rules = letter_book().rules
    if kind not in rules:
        raise Refused(f"There is no letter “{kind}”. There are: {', '.join(rules)}.")
    return rules[kind]


@needs(Right.LOG)
def letter_kinds(context: Context) -> tuple[LetterRule, ...]:  # noqa: ARG001 - what it asks for is the right
    """Every kind of letter, in the order in which they are usually needed. `why_no_power` says which of them a school
    of this type cannot send."""
    return tuple(letter_book().rules.values())


@needs(Right.LOG)
def why_no_power(context: Context, kind: str) -> str:
    """Why a school of this type has no such measure and what it can do instead; empty where it has."""
    with context.store.reading() as reading:
        return power_words(context, reading, rule_of(kind))


def power_words(context: Context, reading: Reading, rule: LetterRule) -> str:
    """The same, within a reading."""
    power = context.rulebook.formalities.power(rule.power) if rule.power else None
    if power is None or reading.book.school().type.value not in power.not_for:
        return ""
    instead = f" {power.instead}" if power.instead else ""
    return f"{power.title}: the law does not give it to a school of this type.{instead}"


@dataclass(frozen=True, slots=True)
class OwnLetters:
    """The school's own: the newest template of each kind and language, where its pictures are kept, and whose name and
    position belong to the signature (empty where there is none)."""

    templates: Mapping[tuple[str, str], Template]
    pictures: Mapping[str, int]
    signer: tuple[str, ...] = ()

    def find(self, kind: str, language: str) -> Template | None:
        """The template in force: the school's own, else as shipped; None where there is none in that language."""
        return self.templates.get((kind, language)) or letter_book().shipped(kind, language)

    def picture(self, reading: Reading, which: Picture) -> bytes:
        """One of the pictures; empty where the school has none."""
        found = self.pictures.get(which.value)
        return reading.entries.attachment_bytes(found) if found else b""

    def signed(self, staff: Staff) -> tuple[str, ...]:
        """Who signs, line by line: whose signature it is, else who makes the letter. A picture of one person's hand
        never stands over another's name."""
        return self.signer or tuple(filter(None, (staff.name, staff.position)))


def template_entries(reading: Reading) -> list[Entry]:
    """What was ever recorded of templates and pictures and stands, oldest first."""
    found = reading.entries.all(kinds=(EntryKind.TEMPLATE,))
    return sorted((one for one in found if one.withdrawn is None), key=lambda one: one.id)


def read_own(reading: Reading) -> OwnLetters:
    """The school's own templates and pictures as they are now."""
    newest: dict[tuple[str, str], Entry] = {}
    pictures: dict[str, Entry] = {}
    for entry in template_entries(reading):
        if PICTURE in entry.details:
            pictures[entry.details[PICTURE]] = entry
        else:
            newest[entry.details.get(LETTER, ""), entry.details.get(LANGUAGE, "")] = entry
    signature = pictures.get(Picture.SIGNATURE.value)
    return OwnLetters(
        {
            key: template_of(reading, entry)
            for key, entry in newest.items()
            if entry.details.get(SHIPPED) != YES and key[0] in letter_book().rules and key[1] in letter_book().languages
        },
        {
            which: files[0].id
            for which, entry in pictures.items()
            if (files := reading.entries.attachments(entry.id)) and entry.details.get(SHIPPED) != YES
        },
        tuple(filter(None, (signature.details.get(SIGNER, ""), signature.details.get(POSITION, ""))))
        if signature
        else (),
    )


def template_of(reading: Reading, entry: Entry) -> Template:
    """A template of the school's own as it was recorded."""
    (file, *_) = reading.entries.attachments(entry.id)
    language = entry.details[LANGUAGE]
    bare = Template(
        kind=entry.details[LETTER],
        language=language,
        subject=entry.details.get(SUBJECT, ""),
        body="",
        right_to_left=letter_book().languages[language].right_to_left,
        own=True,
        entry=entry.id,
    )
    if file.media_type == WORD:
        return replace(bare, word=file.id, body=entry.details.get(WORDS, ""))
    return replace(bare, body=reading.entries.attachment_bytes(file.id).decode("utf-8"))


@needs(Right.LOG)
def typed_fields(context: Context, kind: str) -> tuple[LetterField, ...]:
    """What has to be typed before letters of a kind are made: the fields that its templates in force really use,."""
    rule = rule_of(kind)
    with context.store.reading() as reading:
        own = read_own(reading)
    used: set[str] = set()
    for language in letter_book().languages:
        template = own.find(kind, language)
        if template is None:
            continue
        used.update(fields_in(f"{template.subject}\n{template.body}"))
    return tuple(one for one in letter_book().fields_of(rule) if one.typed and one.key in used)

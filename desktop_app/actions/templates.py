"""The school's own letters: templates written in the program or brought in as Word files, the logo and the signature.
Each is an entry with its file; the newest holds, the older ones stay readable, and the shipped one can hold again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from desktop_app.actions.letter_book import (
    LANGUAGE,
    LETTER,
    PICTURE,
    POSITION,
    SHIPPED,
    SIGNER,
    SUBJECT,
    WORD,
    WORDS,
    YES,
    OwnLetters,
    Picture,
    letter_book,
    read_own,
    rule_of,
    template_entries,
    template_of,
)
from desktop_app.actions.letter_values import letter_date
from desktop_app.actions.needs import needs
from desktop_app.context import Context
from desktop_app.domain.entries import EntryKind, NewEntry
from desktop_app.domain.errors import Refused
from desktop_app.domain.letters import Language, LetterRule, LetterSheet, Template
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.school import School
from desktop_app.domain.staff import Author
from desktop_app.ports import Reading
from desktop_app.rules.letters import check_template, days_words, language_words, merge, tidy

PLAIN = "text/plain"
LARGEST_PICTURE = 8_000_000


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A kind of letter in one language: what holds now (None: there is none yet), and how many versions the school
    made."""

    rule: LetterRule
    language: Language
    template: Template | None
    versions: int


@dataclass(frozen=True, slots=True)
class TemplateVersion:
    """A template as the school once had it; None: from then on the shipped one held again."""

    entry: int
    template: Template | None
    author: Author
    at: datetime


@needs(Right.LOG)
def templates(context: Context) -> tuple[TemplateLine, ...]:
    """Every kind in every language, in the order of the kinds."""
    with context.store.reading() as reading:
        own = read_own(reading)
        made = [(one.details.get(LETTER), one.details.get(LANGUAGE)) for one in template_entries(reading)]
    book = letter_book()
    return tuple(
        TemplateLine(rule, language, own.find(rule.key, language.key), made.count((rule.key, language.key)))
        for rule in book.rules.values()
        for language in book.languages.values()
    )


@needs(Right.LOG)
def template(context: Context, kind: str, language: str) -> Template | None:
    """What holds now, the school's own or as shipped; None where nothing is written in that language."""
    _place(kind, language)
    with context.store.reading() as reading:
        return read_own(reading).find(kind, language)


@needs(Right.LOG)
def versions(context: Context, kind: str, language: str) -> tuple[TemplateVersion, ...]:
    """Every version that the school made, the newest first."""
    _place(kind, language)
    with context.store.reading() as reading:
        found = [
            TemplateVersion(
                entry.id,
                None if entry.details.get(SHIPPED) == YES else template_of(reading, entry),
                entry.author,
                entry.happened_at,
            )
            for entry in template_entries(reading)
            if (entry.details.get(LETTER), entry.details.get(LANGUAGE)) == (kind, language)
        ]
    return tuple(reversed(found))


@needs(Right.TEMPLATES)
def save_template(context: Context, kind: str, language: str, subject: str, body: str) -> tuple[int, Changes]:
    """Keep the words of a letter as the school writes it. Raises `Refused` with the line where a field is not known, a
    bracket is alone, or something stands there that is no letter."""
    rule, _ = _place(kind, language)
    subject, body = subject.strip(), tidy(body)
    check_template(subject, body, letter_book().fields_of(rule))
    with context.store.reading() as reading:
        now = read_own(reading).find(kind, language)
    if now is not None and not now.word and (now.subject, now.body) == (subject, body):
        raise Refused("Nothing in it was changed.")
    return _keep(context, rule, language, subject, f"{kind}-{language}.txt", PLAIN, body.encode("utf-8"))


@needs(Right.TEMPLATES)
def import_word(context: Context, kind: str, language: str, path: Path) -> tuple[int, Changes]:
    """Keep a Word file as the template of a letter. Raises `Refused` where it is none, brings a program with it, or has
    a field that is not known."""
    from desktop_app.documents.letter_docx import check_word  # noqa: PLC0415 - loaded when a Word file comes

    rule, _ = _place(kind, language)
    content = _read_file(path, "Word file")
    words = check_word(content, letter_book().fields_of(rule))
    return _keep(context, rule, language, rule.title, f"{kind}-{language}.docx", WORD, content, words)


@needs(Right.TEMPLATES)
def back_to_shipped(context: Context, kind: str, language: str) -> Changes:
    """Let the shipped template hold again; the school's own stay readable."""
    rule, tongue = _place(kind, language)
    with context.store.reading() as reading:
        own = read_own(reading).templates
    if (kind, language) not in own:
        raise Refused("The shipped letter holds already.")
    if letter_book().shipped(kind, language) is None:
        raise Refused(f"No letter “{rule.title}” is shipped in {tongue.title}: there would be none.")
    details = {LETTER: kind, LANGUAGE: language, SHIPPED: YES}
    with context.store.writing(context.deed("letter back to shipped")) as writing:
        writing.entries.add(
            NewEntry(EntryKind.TEMPLATE, context.now(), (), f"{rule.title}: as shipped", details=details)
        )
    return Changes(entries=True)


@needs(Right.TEMPLATES)
def keep_picture(context: Context, which: Picture, path: Path, signer: str = "", position: str = "") -> Changes:
    """Keep the logo or the signature, a PNG or JPEG, for every letter from now on: as a JPEG on white, without what a
    camera wrote into it. A signature is that of `signer`, whose name then stands below it on every letter; of the
    headteacher, where nobody is named."""
    from desktop_app.documents.letter_picture import as_jpeg  # noqa: PLC0415 - loaded when a picture comes

    content = as_jpeg(_read_file(path, "picture"))
    details = {PICTURE: which.value}
    if which is Picture.SIGNATURE:
        with context.store.reading() as reading:
            head = reading.book.school().headteacher
        details |= {SIGNER: signer.strip() or head, POSITION: position.strip() or ("" if signer else "Headteacher")}
        if not details[SIGNER]:
            raise Refused("Say whose signature it is: that name stands below it on every letter.")
    with context.store.writing(context.deed(f"letter {which.value}")) as writing:
        entry = NewEntry(
            EntryKind.TEMPLATE,
            context.now(),
            (),
            f"{which.value.capitalize()} for letters",
            details=details,
        )
        recorded = writing.entries.add(entry)
        writing.entries.attach(recorded, f"{which.value}.jpg", "image/jpeg", content)
    return Changes(entries=True)


@needs(Right.TEMPLATES)
def remove_picture(context: Context, which: Picture) -> Changes:
    """Make letters without that picture from now on."""
    with context.store.reading() as reading:
        if which.value not in read_own(reading).pictures:
            raise Refused("There is no such picture on the letters.")
    details = {PICTURE: which.value, SHIPPED: YES}
    with context.store.writing(context.deed(f"letter without {which.value}")) as writing:
        writing.entries.add(NewEntry(EntryKind.TEMPLATE, context.now(), (), f"No {which.value}", details=details))
    return Changes(entries=True)


@needs(Right.LOG)
def picture(context: Context, which: Picture) -> bytes:
    """The logo or the signature as it is on letters now; empty where there is none."""
    with context.store.reading() as reading:
        return read_own(reading).picture(reading, which)


@needs(Right.LOG)
def preview_template(context: Context, kind: str, language: str, subject: str, body: str) -> bytes:
    """A letter of these words about a made-up child, as a PDF; refused where it would not be kept."""
    rule, tongue = _place(kind, language)
    subject, body = subject.strip(), tidy(body)
    check_template(subject, body, letter_book().fields_of(rule))
    with context.store.reading() as reading:
        sheet = _made_up(context, reading, read_own(reading), tongue, subject, body)
    from desktop_app.documents.letter import letter_pdf  # noqa: PLC0415 - loaded when something is drawn

    return letter_pdf(sheet, context.now())[0]


MADE_UP: Mapping[str, str] = {
    "child": "Saffron",
    "child name": "Saffron Wołodkowicz-Adeyemi",
    "class": "4B",
    "year": "Year 4",
    "parent names": "Mx R Wołodkowicz and Ms T Adeyemi",
    "attendance": "86.4%",
    "times late": "6",
    "band": "needs support",
    "authority": "the local authority",
}


def _made_up(
    context: Context, reading: Reading, own: OwnLetters, tongue: Language, subject: str, body: str
) -> LetterSheet:
    school: School = reading.book.school()
    today = context.today()
    values = {
        **{key: f"({one.title})" for key, one in letter_book().fields.items()},
        **MADE_UP,
        "date of birth": letter_date(date(2018, 2, 14), tongue),
        "date": letter_date(today, tongue),
        "first day": letter_date(date(today.year, 9, 1), tongue),
        "last day": letter_date(today, tongue),
        "possible": language_words(104, tongue.sessions),
        "sessions missed": language_words(17, tongue.sessions),
        "days missed": days_words(17, tongue.days),
        "sessions unauthorised": language_words(4, tongue.sessions),
        "school": school.name,
        "school phone": school.phone or "(telephone number)",
        "head": school.headteacher or "(headteacher)",
        "sender": context.staff.name,
        "sender position": context.staff.position,
    }
    reach = " · ".join(filter(None, (school.phone, school.email)))
    return LetterSheet(
        school=school.name,
        school_lines=tuple(filter(None, (school.address.replace("\n", ", "), reach))),
        to_lines=("Mx R Wołodkowicz", "Ms T Adeyemi", "1 Example Street", "Exampleton", "EX1 1EX"),
        date=letter_date(today, tongue),
        reference=f"L/{today.year}/0000",
        subject=merge(subject, values, right_to_left=tongue.right_to_left),
        body=merge(body, values, right_to_left=tongue.right_to_left),
        signed=own.signed(context.staff),
        language=tongue,
        logo=own.picture(reading, Picture.LOGO),
        signature=own.picture(reading, Picture.SIGNATURE),
    )


def _place(kind: str, language: str) -> tuple[LetterRule, Language]:
    languages = letter_book().languages
    if language not in languages:
        raise Refused(f"No letters are written in “{language}”. There are: {', '.join(languages)}.")
    return rule_of(kind), languages[language]


def _read_file(path: Path, what: str) -> bytes:
    try:
        if path.stat().st_size > LARGEST_PICTURE:
            raise Refused(f"The {what} is larger than {LARGEST_PICTURE // 1_000_000} MB. Make it smaller first.")
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"The {what} cannot be read: {error.strerror or error}.") from error


def _keep(
    context: Context,
    rule: LetterRule,
    language: str,
    subject: str,
    name: str,
    media_type: str,
    content: bytes,
    words: str = "",
) -> tuple[int, Changes]:
    details = {LETTER: rule.key, LANGUAGE: language, SUBJECT: subject}
    if words:
        details[WORDS] = words
    with context.store.writing(context.deed(f"letter template {rule.key}")) as writing:
        entry = NewEntry(EntryKind.TEMPLATE, context.now(), (), f"{rule.title}: the school’s own", details=details)
        recorded = writing.entries.add(entry)
        writing.entries.attach(recorded, name, media_type, content)
    return recorded, Changes(entries=True)

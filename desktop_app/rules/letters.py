"""Letters: what their templates may say, how the fields are filled, and what stops one.

A template is plain text. `[child]` is a field; `[[` and `]]` are brackets that stay. A blank line parts paragraphs, a
line that begins with `- ` is a point of a list, one that begins with `# ` a heading. Nothing in it is ever run.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from difflib import get_close_matches

from desktop_app.domain.errors import Refused
from desktop_app.domain.letters import LetterField

LONGEST = 20_000
"""Letters of a template: some ten pages. A longer one is a file that was pasted by mistake."""

_TOKEN = re.compile(r"\[\[|\]\]|\[([^\[\]\n]*)\]|[\[\]]")
_SCRIPT = (
    (re.compile(r"<\s*/?\s*[a-z!?][^>\n]*>?", re.IGNORECASE), "a mark of a web page"),
    (re.compile(r"\{\{|\}\}|\{%|%\}|\{#"), "a sign of a program"),
    (re.compile(r"\$\{|<\?|<%"), "a sign of a program"),
    (re.compile(r"\b(?:javascript|vbscript|data|file)\s*:\s*\S", re.IGNORECASE), "a link that runs something"),
)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
LEFT_MARK = "\u200e"
"""Unicode's left-to-right mark: nothing is drawn for it."""
_HIDDEN = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")


def field_key(text: str) -> str:
    """A field as it is looked up: small letters, single spaces."""
    return " ".join(text.split()).casefold()


def tidy(text: str) -> str:
    """A template as it is kept: line ends of one kind, no spaces at the end of a line, none of the lines empty at
    either end."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def fields_in(text: str) -> tuple[str, ...]:
    """The fields that a sound template uses, each once, in order."""
    found = (match[1] for match in _TOKEN.finditer(text) if match[1] is not None)
    return tuple(dict.fromkeys(field_key(one) for one in found))


def template_faults(subject: str, body: str, fields: Iterable[LetterField]) -> tuple[str, ...]:
    """What is wrong with a template, each with its line; empty where nothing is."""
    known = {one.key for one in fields}
    faults: list[str] = []
    if not subject.strip():
        faults.append("The letter has no subject: say in one line what it is about.")
    if "\n" in subject.strip():
        faults.append("The subject has more than one line: keep it to one.")
    if not body.strip():
        faults.append("The letter says nothing: write it first.")
    if len(body) > LONGEST:
        faults.append(f"The letter has {len(body):,} letters; no more than {LONGEST:,} fit in one.")
        return tuple(faults)
    faults += _line_faults("Subject", subject, known)
    for number, line in enumerate(body.split("\n"), start=1):
        faults += _line_faults(f"Line {number}", line, known)
    return tuple(faults)


def check_template(subject: str, body: str, fields: Iterable[LetterField]) -> None:
    """Raise `Refused` with the first faults of a template."""
    if faults := template_faults(subject, body, fields):
        raise Refused("\n".join(faults[:5]))


def _line_faults(where: str, line: str, known: Collection[str]) -> list[str]:
    faults = [
        f"{where}: “{match[0].strip()}” is {what}. A letter is plain text; take it out."
        for pattern, what in _SCRIPT
        if (match := pattern.search(line))
    ]
    if _HIDDEN.search(line):
        faults.append(f"{where}: a hidden sign stands there that turns the direction of the text. Type the line anew.")
    if _CONTROL.search(line):
        faults.append(f"{where}: a sign stands there that cannot be printed. Type the line anew.")
    for match in _TOKEN.finditer(line):
        if match[0] in ("[", "]"):
            other = "]" if match[0] == "[" else "["
            faults.append(
                f"{where}: “{match[0]}” has no “{other}”. A field is written [child]; for a bracket that stays type "
                f"it twice."
            )
        elif match[1] is not None:
            faults += _unknown(where, match[1], known)
    return faults


def _unknown(where: str, written: str, known: Collection[str]) -> list[str]:
    key = field_key(written)
    if key in known:
        return []
    near = get_close_matches(key, known, 1)
    hint = f" Did you mean [{near[0]}]?" if near else " Choose one from the list of fields."
    return [f"{where}: there is no field [{written.strip()}].{hint}"]


def empty_fields(text: str, values: Mapping[str, str], fields: Iterable[LetterField]) -> tuple[str, ...]:
    """The fields a template uses for which there is nothing to say."""
    optional = {one.key for one in fields if one.may_be_empty}
    return tuple(one for one in fields_in(text) if not values.get(one, "").strip() and one not in optional)


def merge(text: str, values: Mapping[str, str], *, right_to_left: bool = False) -> str:
    """A sound template with its fields filled. What is filled in is never looked at again: a bracket in a name stays
    a bracket. A paragraph left with nothing in it goes. What runs the other way than the letter is marked at both ends,
    so that a name or a telephone number keeps its order and leaves that of its neighbours alone."""

    def said(match: re.Match[str]) -> str:
        if match[1] is not None:
            return _marked(plain_value(values.get(field_key(match[1]), "")), right_to_left=right_to_left)
        return match[0][0]

    filled = (_TOKEN.sub(said, part) for part in text.split("\n\n"))
    return "\n\n".join(part for part in filled if part.strip())


def _marked(value: str, *, right_to_left: bool) -> str:
    if (_RIGHT_TO_LEFT.search(value) is not None) == right_to_left:
        return value
    return "\n".join(f"{LEFT_MARK}{line}{LEFT_MARK}" if line else line for line in value.split("\n"))


def plain_value(value: str) -> str:
    """A value as it may stand in a letter: no control or hidden direction sign, and no line end but one."""
    bare = _CONTROL.sub("", _HIDDEN.sub("", value.replace("\r\n", "\n").replace("\r", "\n")))
    return re.sub(r"\n{2,}", "\n", bare).strip()


def language_words(number: int, words: tuple[str, ...]) -> str:
    """Sessions as a number with its word, one or several; the number alone where the language has no words given."""
    if not words:
        return str(number)
    return f"{number} {words[0] if number == 1 else words[-1]}"


def days_words(sessions: int, words: tuple[str, ...]) -> str:
    """Half days as days: `3½ days`."""
    whole, half = divmod(sessions, 2)
    number = f"{whole or ''}½" if half else str(whole)
    if not words:
        return number
    return f"{number} {words[0] if sessions in (1, 2) else words[-1]}"

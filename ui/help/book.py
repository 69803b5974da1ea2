"""The whole help of a school: its sections in order, which one a place opens, and what is found by typed words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.rules.names import plain
from ui.help.blocks import Block, CodeLine, Heading, Section
from ui.help.reference import Facts
from ui.help.text import check_links, read_section


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in one section."""

    section: Section
    blocks: tuple[Block, ...]


def read_book(folder: Path, facts: Facts) -> tuple[Section, ...]:
    """Read every section, in the order of their files. Raises `Damaged` for one that is wrong."""
    makers, values = facts.makers(), facts.values()
    sections = tuple(read_section(path, makers, values) for path in sorted(folder.glob("*.md")))
    check_links(sections)
    return sections


def number_of(sections: Sequence[Section], key: str) -> int:
    """The number of the section of that key, or of the first one."""
    return next((number for number, section in enumerate(sections) if section.key == key), 0)


def search(sections: Sequence[Section], typed: str) -> tuple[Found, ...]:
    """The blocks in which, with the headings above them, every typed word begins a word; codes come first.

    A heading that is found brings what stands under it.
    """
    words = _parts(typed)
    if not words:
        return ()
    found = [Found(section, tuple(_blocks_with(section, words))) for section in sections]
    some = [one for one in found if one.blocks]
    return tuple(sorted(some, key=lambda one: not any(isinstance(block, CodeLine) for block in one.blocks)))


def _blocks_with(section: Section, words: Sequence[str]) -> Sequence[Block]:
    blocks: list[Block] = []
    above: Heading | None = None
    shown: Heading | None = None
    whole = False
    for block in section.blocks:
        if isinstance(block, Heading):
            above, whole = block, _all(words, block.searched)
            continue
        around = f"{block.searched} {section.title} {above.searched if above else ''}"
        if not (whole or (_any(words, block.searched) and _all(words, around))):
            continue
        if above is not None and above is not shown:
            blocks.append(above)
            shown = above
        blocks.append(block)
    return blocks


def _all(words: Sequence[str], text: str) -> bool:
    parts = _parts(text)
    return all(_begins(word, parts) for word in words)


def _any(words: Sequence[str], text: str) -> bool:
    parts = _parts(text)
    return any(_begins(word, parts) for word in words)


def _begins(word: str, parts: Sequence[str]) -> bool:
    """Whether a word begins one of these; “reasons” finds “reason” too."""
    one = word[:-1] if len(word) > 3 and word.endswith("s") else word
    return any(part.startswith(one) for part in parts)


def _parts(text: str) -> Sequence[str]:
    """The words of a text, without the signs round them; keys and codes that are only signs stay as they are."""
    return [part.strip("“”’‘.,;:()") or part for part in plain(text).replace("-", " ").split()]

"""Reads a section from its file: a few marks of Markdown, and lines that call for a table made by the program."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from desktop_app.domain.errors import Damaged
from ui.help.blocks import SPAN, Block, Heading, Prose, Section

Maker = Callable[[str], Sequence[Block]]
"""Makes the blocks that a line `@name what` calls for. Raises `KeyError` where it knows no such thing."""
NAME = re.compile(r"\d\d-([a-z]+)")
CALL = re.compile(r"@([a-z]+)(?: ([a-z]+))?")
VALUE = re.compile(r"\{([a-z_]+)}")


def read_section(path: Path, makers: Mapping[str, Maker], values: Mapping[str, str]) -> Section:
    """Read one file, named `NN-key.md`; `values` stand for `{name}` in its text.

    Raises `Damaged`, naming the file and the line, for anything it does not know.
    """
    name = NAME.fullmatch(path.stem)
    lines = path.read_text(encoding="utf-8").splitlines()
    if name is None or not lines or not lines[0].startswith("# "):
        raise Damaged(f"{path.name}: a section is called 10-key.md and begins with “# Title”.")
    blocks: list[Block] = []
    for number, words in _paragraphs(lines):
        try:
            blocks += _blocks(words, makers, values)
        except (KeyError, ValueError) as error:
            raise Damaged(f"{path.name}, line {number}: there is no {error}.") from error
    return Section(name[1], lines[0].removeprefix("# ").strip(), tuple(blocks))


def check_links(sections: Sequence[Section]) -> None:
    """Raise `Damaged` where a section names one that does not exist."""
    known = {section.key for section in sections}
    for section in sections:
        for block in section.blocks:
            links = SPAN.finditer(block.text) if isinstance(block, Prose) else ()
            for link in links:
                if link["words"] and link["link"] not in known:
                    raise Damaged(
                        f"The help on {section.title} names a section “{link['link']}”, which does not exist."
                    )


def _paragraphs(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Each paragraph, point, heading and call, with the number of its first line; the title is left out."""
    begun, held = 0, ""
    for number, line in enumerate(lines[1:], start=2):
        words = line.strip()
        alone = words.startswith(("## ", "- ", "@"))
        if held and (alone or not words):
            yield begun, held
            held = ""
        if words:
            begun, held = (begun, f"{held} {words}") if held else (number, words)
    if held:
        yield begun, held


def _blocks(words: str, makers: Mapping[str, Maker], values: Mapping[str, str]) -> Sequence[Block]:
    if words.startswith("@"):
        call = CALL.fullmatch(words)
        if call is None:
            raise ValueError(f"table “{words}”")
        return makers[call[1]](call[2] or "")
    filled = VALUE.sub(lambda found: values[found[1]], words)
    if filled.startswith("## "):
        return [Heading(filled.removeprefix("## "))]
    return [Prose(filled.removeprefix("- "), point=filled.startswith("- "))]

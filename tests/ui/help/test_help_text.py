"""The text of the help: every file loads, every code and band is in it, and it is found by everyday words."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from PySide6.QtGui import QTextDocument

from desktop_app.cli.commands import COMMANDS
from desktop_app.domain.codes import Code
from desktop_app.domain.errors import Damaged
from desktop_app.domain.rulebook import Rulebook
from desktop_app.rules.bands import holds
from ui.help.blocks import SPAN, BandLine, CodeLine, Heading, KeyLine, Prose, Section, plain_words
from ui.help.book import Found, read_book, search
from ui.help.html import Setter
from ui.help.reference import KEYS, Facts, code_lines, ends
from ui.help.text import check_links, read_section
from ui.theme import SchemeChoice, Theme

TOPICS = [
    *(
        "today",
        "registers",
        "codes",
        "bands",
        "watch",
        "plan",
        "confirming",
        "earlycalls",
        "texts",
        "week",
        "changes",
        "year",
        "explain",
    ),
    *("groups", "pupils", "timetable", "admission", "patterns", "ahead", "hatch", "roll", "paper", "keying", "people"),
    *(
        "comparison",
        "schoollog",
        "targets",
        "log",
        "ledger",
        "leave",
        "formal",
        "pack",
        "letters",
        "templates",
        "cases",
        "bundles",
        "documents",
        "reports",
        "returns",
        "excel",
        "import",
    ),
    *("backups", "settings", "window", "door"),
]


def codes_in(found: tuple[Found, ...]) -> set[str]:
    return {block.code.key for one in found for block in one.blocks if isinstance(block, CodeLine)}


def section(sections: tuple[Section, ...], key: str) -> Section:
    return next(one for one in sections if one.key == key)


def rows(one: Section, kind: type) -> list:
    return [block for block in one.blocks if isinstance(block, kind)]


def test_every_file_is_a_section_in_its_order(sections: tuple[Section, ...], folder: Path) -> None:
    assert [one.key for one in sections] == TOPICS
    assert {path.suffix for path in folder.iterdir()} == {".md", ".toml"}
    assert all(one.title and len(one.blocks) > 1 for one in sections)


def test_every_command_of_the_door_is_named(folder: Path) -> None:
    text = (folder / "95-door.md").read_text(encoding="utf-8")
    for name in (*COMMANDS, "demo", "new", "packs"):
        assert re.search(rf"\*\*{name}( |\*\*)", text), name


def test_no_mark_or_place_holder_is_left_in_the_text(sections: tuple[Section, ...]) -> None:
    for one in sections:
        for block in one.blocks:
            if isinstance(block, (Prose, Heading)):
                assert not set("{}`") & set(plain_words(block.text)), block
                assert "**" not in plain_words(block.text), block


def test_every_key_named_in_the_text_is_in_a_list_of_that_section(sections: tuple[Section, ...]) -> None:
    for one in sections:
        listed = {name for line in rows(one, KeyLine) for name in line.key.keys}
        named = {span["key"] for block in rows(one, Prose) for span in SPAN.finditer(block.text) if span["key"]}
        assert named <= listed, one.key


def test_every_list_of_keys_is_in_the_help_once(sections: tuple[Section, ...]) -> None:
    shown = [line.key for one in sections for line in rows(one, KeyLine)]
    assert sorted(map(id, shown)) == sorted(id(key) for keys in KEYS.values() for key in keys)


def test_every_code_of_the_rulebook_is_there_once_with_its_source(
    sections: tuple[Section, ...], rulebook: Rulebook, facts: Facts
) -> None:
    lines: list[CodeLine] = rows(section(sections, "codes"), CodeLine)
    assert sorted(line.code.key for line in lines) == sorted(rulebook.codes)
    assert set(facts.everyday) == set(rulebook.codes)


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("H", "Only for sessions up to 18 August 2024; withdrawn on 19 August 2024. Use C"),
        ("C2", "In force from 19 August 2024."),
        ("Y7", "Needs a note"),
        ("L", "Minutes late"),
        ("N", "within 5 school days"),
        ("#", "never typed"),
        ("/", "Only in the morning"),
        ("V", "somebody has to know that they arrived"),
        ("W", "May be given to a pupil in the last two years of compulsory school age"),
    ],
)
def test_a_code_says_who_may_have_it_what_it_needs_and_when_it_is_law(key: str, words: str, rulebook: Rulebook) -> None:
    assert words in " ".join(code_lines(rulebook.codes[key], rulebook))


def test_a_code_that_asks_for_nothing_says_nothing(rulebook: Rulebook) -> None:
    bare: Code = replace(rulebook.codes["I"], given_to="")
    assert code_lines(bare, rulebook) == ()


def test_the_bands_are_those_of_the_schools_own_pack(sections: tuple[Section, ...], facts: Facts) -> None:
    bands = section(sections, "bands")
    assert [line.band for line in rows(bands, BandLine)] == list(facts.pack.bands)
    assert facts.pack.key == "knowsley"
    assert any(block.text == facts.pack.note for block in rows(bands, Prose))


def test_the_ends_of_a_band_say_what_it_holds(rulebook: Rulebook) -> None:
    sefton = {band.key: band for band in rulebook.packs["sefton"].bands}
    assert [ends(band) for band in sefton.values()] == [
        "at least 96%",
        "above 90% and below 96%",
        "above 85% and at most 90%",
        "above 50% and at most 85%",
        "at most 50%",
    ]
    assert holds(sefton["persistent"], Fraction(90))
    assert not holds(sefton["watch"], Fraction(90))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("dentist", "M"), ("holiday", "G"), ("holiday", "H"), ("ill", "I"), ("Ill ", "I"), ("snow", "Y4"),
        ("funeral", "C"), ("late", "L"), ("taxi", "Q"), ("C2", "C2"), ("part-time timetable", "C2"),
    ],
)  # fmt: skip
def test_search_finds_a_code_by_what_people_say(sections: tuple[Section, ...], typed: str, code: str) -> None:
    found = search(sections, typed)
    assert found[0].section.key == "codes"
    assert code in codes_in(found)


def test_search_takes_words_from_their_beginning(sections: tuple[Section, ...]) -> None:
    assert codes_in(search(sections, "ill")) == {"I"}
    assert search(sections, "entist") == ()
    assert search(sections, "  ") == ()
    assert search(sections, "quagga") == ()


@pytest.mark.parametrize(
    ("typed", "key"),
    [("undo", "registers"), ("recovery key", "backups"), ("reasons closed", "registers"), ("xlsx", "import")],
)
def test_search_reaches_every_section(sections: tuple[Section, ...], typed: str, key: str) -> None:
    assert key in [one.section.key for one in search(sections, typed)]


def test_a_heading_that_is_found_brings_what_stands_under_it(sections: tuple[Section, ...]) -> None:
    found = next(one for one in search(sections, "minutes notes") if one.section.key == "registers")
    assert found.blocks[0] == Heading("Minutes and notes")
    assert "Shift+F2" in found.blocks[2].searched
    assert "late" not in found.blocks[2].searched


@pytest.mark.parametrize("scheme", [SchemeChoice.LIGHT, SchemeChoice.DARK, SchemeChoice.CONTRAST])
def test_every_section_is_set_whole_in_every_scheme(
    sections: tuple[Section, ...], theme: Theme, scheme: SchemeChoice
) -> None:
    theme.choose(scheme)
    for one in sections:
        page = QTextDocument()
        page.setHtml(Setter(theme).section(one))
        text = page.toPlainText().replace("\xa0", " ").replace("\u2028", " ")
        for block in one.blocks:
            shown = block.key.does if isinstance(block, KeyLine) else block.lines if isinstance(block, CodeLine) else ()
            words = [shown] if isinstance(shown, str) else list(shown)
            if isinstance(block, Heading):
                words.append(block.text)
            if isinstance(block, BandLine):
                words += [block.ends, block.band.meaning, block.band.source]
            assert all(word in text for word in words), block


def test_words_are_shown_as_they_are(theme: Theme) -> None:
    page = QTextDocument()
    page.setHtml(Setter(theme).found("<b>&", ()))
    assert "<b>&" in page.toPlainText()


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("10-x.md", "# X\n\n@keys nowhere\n", "10-x.md, line 3"),
        ("10-x.md", "# X\n\nSee {nothing}.\n", "10-x.md, line 3"),
        ("10-x.md", "# X\n\n@charts\n", "10-x.md, line 3"),
        ("10-x.md", "# X\n\n@not a table\n", "10-x.md, line 3"),
        ("10-x.md", "no title\n", "begins with"),
        ("x.md", "# X\n", "is called"),
    ],
)
def test_a_file_that_is_wrong_is_named(tmp_path: Path, facts: Facts, name: str, text: str, why: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Damaged, match=why):
        read_section(path, facts.makers(), facts.values())


def test_a_section_that_does_not_exist_cannot_be_named(tmp_path: Path, facts: Facts) -> None:
    (tmp_path / "10-one.md").write_text("# One\n\nSee [two](two).\n", encoding="utf-8")
    with pytest.raises(Damaged, match="two"):
        read_book(tmp_path, facts)
    check_links([Section("two", "Two", (Prose("See [two](two)."),))])

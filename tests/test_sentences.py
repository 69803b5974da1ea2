"""The sentences people read are set with one apostrophe, ’: in the code, the packs, the law and the help."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TYPED = re.compile(r"(?:(?<=[^\W\d_])|^)'(?:s|t|re|ve|ll)\b|(?<=s)' (?=[a-z])")
"""An apostrophe as a keyboard has it, within or after a word; a quoted word or SQL is none."""
SAID = ("authorities/*.toml", "national/*.toml", "demo/cases.toml", "demo/notes.toml", "help/*.md")


def sentences(source: str) -> Iterator[str]:
    """Every text in a module that is no docstring."""
    tree = ast.parse(source)
    unread = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in unread:
            yield node.value


def test_the_sentences_of_the_program() -> None:
    modules = [path for room in ("desktop_app", "ui", "db", "packaging") for path in (ROOT / room).rglob("*.py")]
    found = {
        f"{path.relative_to(ROOT)}: {text}"
        for path in modules
        for text in sentences(path.read_text("utf-8"))
        if TYPED.search(text)
    }
    assert not found


@pytest.mark.parametrize("pattern", SAID)
def test_the_sentences_of_its_resources(pattern: str) -> None:
    files = list((ROOT / "resources").glob(pattern))
    assert files
    for path in files:
        lines = [
            line for line in path.read_text("utf-8").splitlines() if path.suffix == ".md" or not line.startswith("#")
        ]
        found = [line for line in lines if TYPED.search(re.sub("`[^`]*`", "", line))]
        assert not found, path.name


@pytest.mark.parametrize(
    ("source", "typed"),
    [
        ('say("the school\'s file")', True),
        ('say(f"{name}\'s file")', True),
        ('say("the pupils\' list")', True),
        ('say("it isn\'t there")', True),
        ("say('the school’s file')", False),
        ("run(\"WHERE code = 's' OR name NOT LIKE 'sqlite_%'\")", False),
        ('def one():\n    """The school\'s file."""', False),
    ],
)
def test_a_typed_apostrophe_would_be_found(source: str, typed: bool) -> None:
    assert any(TYPED.search(text) for text in sentences(source)) is typed

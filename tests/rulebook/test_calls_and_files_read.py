"""The data of early calls, texts and files: read whole, and every slip named with its file, key and reason."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app import paths
from desktop_app.actions.early_calls import call_book
from desktop_app.actions.letter_book import letter_book
from desktop_app.domain.errors import Damaged
from desktop_app.rulebook_calls import read_calls
from desktop_app.rulebook_files import read_files_kept
from desktop_app.rulebook_kinds import read_kinds
from desktop_app.toml_table import open_table

WORK = paths.resources() / "casework"


def _calls(path: Path) -> object:
    return read_calls(path, letter_book().fields)


def _files(path: Path) -> object:
    return read_files_kept(open_table(path))


def _kinds(path: Path) -> object:
    return read_kinds(open_table(path), open_table(WORK / "barriers.toml"))


READ: dict[str, Callable[[Path], object]] = {"calls.toml": _calls, "files.toml": _files, "kinds.toml": _kinds}


@pytest.mark.parametrize(
    ("file", "before", "after", "said"),
    [
        ("calls.toml", "weeks = { value = 6,", "weeks = { value = 0,", "early.weeks: must be at least 1"),
        ("calls.toml", 'patterns = "lateness;', 'patterns = "latenes;', "latenes"),
        ("calls.toml", 'fields = "child;', 'fields = "chld;', "chld"),
        ("calls.toml", 'guards = "medical-flag;', 'guards = "medcal;', "medcal"),
        ("calls.toml", "[child] is not in school today", "[address] is not in school today", "no field"),
        ("calls.toml", 'words = "[child] is', 'words = "=[child] is', "formula"),
        ("calls.toml", 'key = "early"\ntitle', 'key = "absent"\ntitle', "stands there twice"),
        ("calls.toml", "[texts]\n", "[texts]\nmost = 3\n", "texts.most"),
        ("files.toml", "{ value = 25,", "{ value = 0,", "at least one file"),
        ("files.toml", "image/heic", "image/avif", "cannot be told by its bytes"),
        ("files.toml", 'endings = "pdf"', 'endings = "pdf; exe"', "exe"),
        ("files.toml", 'media = "image/png"', 'media = "image/gif"', "stands there twice"),
        ("kinds.toml", 'due = "review: Review the plan"', 'due = "revew: Review the plan"', "revew"),
        ("kinds.toml", 'due = "review: Review the plan"', 'due = "review: "', "says nothing"),
        ("kinds.toml", "Ask {agency} for", "Ask {agncy} for", "agncy"),
    ],
)
def test_a_slip_is_named(tmp_path: Path, file: str, before: str, after: str, said: str) -> None:
    path = tmp_path / file
    shutil.copy(WORK / file, path)
    READ[file](path)
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(Damaged, match=f"^{file}.*{said}"):
        READ[file](path)


def test_every_number_says_where_it_comes_from() -> None:
    book = call_book()
    limits = (book.longest, book.early.weeks, book.early.mornings, book.early.longest_days, book.early.compared_weeks)
    assert all(one.source == "The school’s choice" for one in limits)
    assert all(one.source for one in (*book.texts.values(), book.early))

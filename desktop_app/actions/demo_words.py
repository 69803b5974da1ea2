"""Reading what the demo school is made of from `resources/demo/`."""

from __future__ import annotations

import tomllib
from pathlib import Path

from desktop_app.rules.demo_words import Words, words_of

FILES = ("names", "places", "shape", "notes", "cases")


def read_words(resources: Path) -> Words:
    """The words of the demo school. A file of ours that is missing or wrong is a bug, and raises as it comes."""
    tables = [tomllib.loads((resources / "demo" / f"{name}.toml").read_text("utf-8")) for name in FILES]
    return words_of(*tables)

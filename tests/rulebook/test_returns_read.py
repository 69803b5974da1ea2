"""The returns as shipped, a pack that wants otherwise, and every slip refused by file, key and reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_app import paths
from desktop_app.domain.errors import Damaged
from desktop_app.domain.return_columns import COLUMNS
from desktop_app.domain.returns import GoesTo, ReturnKind
from desktop_app.domain.rulebook import Rulebook
from desktop_app.rulebook_returns import changed, read_changes, read_returns
from desktop_app.rules.returns.columns import READERS
from desktop_app.toml_table import Table, parse_table

FILE = paths.resources() / "returns" / "national.toml"
ASKED = """
[sources]
form = "The authority’s own form"
[[return]]
kind = "attendance"
columns = "name; upn: Unique pupil number; why: Reason"
day = 5
address = "the authority’s portal"
source = "form: page 2"
"""


def table(text: str) -> Table:
    return parse_table(text, "asked.toml")


def test_every_return_is_there_and_every_column_can_be_read() -> None:
    found = read_returns(FILE)
    assert [*found] == [*ReturnKind]
    assert READERS.keys() == COLUMNS.keys()
    assert [one.kind for one in found.values() if one.monthly] == [ReturnKind.ATTENDANCE]
    assert found[ReturnKind.EHCP].to == (GoesTo.PLAN,)
    assert all("SI 2024/208" in found[kind].source for kind in (ReturnKind.ATTENDANCE, ReturnKind.SICKNESS))


def test_a_pack_changes_what_it_names_and_nothing_else(rulebook: Rulebook) -> None:
    law = read_returns(FILE)[ReturnKind.ATTENDANCE]
    (asked,) = read_changes(table(ASKED))
    now = changed(law, asked)
    assert [(one.key, one.heading) for one in now.columns] == [
        ("name", "Child"), ("upn", "Unique pupil number"), ("why", "Reason"),
    ]  # fmt: skip
    assert (now.day, now.address, now.to, now.triggers) == (5, "the authority’s portal", law.to, law.triggers)
    assert now.source.endswith("The authority’s own form, page 2")
    assert changed(law, None) is law
    for pack in rulebook.packs.values():
        assert all(one.source for one in pack.returns)


@pytest.mark.parametrize(("old", "new", "says"), [
    ('"attendance"', '"lateness"', "return[1].kind: “lateness” is none of attendance, sickness"),
    ("name; upn", "name; pupil", "return[1].columns: “pupil” is none of upn"),
    ("why: Reason", "upn: Number", "return[1].columns: “upn” stands there twice"),
    ("day = 5", "day = 29", "return[1].day: must be a day that every month has"),
    ("day = 5", 'to = "town"', "return[1].to: “town” is none of school, home, plan, care"),
    ("day = 5", "days = 5", "return[1].days: is not a key that stands here"),
    ('"form: page 2"', '"letter"', "return[1].source: “letter” is not one of [sources]"),
])  # fmt: skip
def test_a_slip_in_a_pack_is_refused(old: str, new: str, says: str) -> None:
    assert old in ASKED
    with pytest.raises(Damaged) as refused:
        read_changes(table(ASKED.replace(old, new, 1)))
    assert says in str(refused.value)


def test_a_slip_in_the_law_is_refused(tmp_path: Path) -> None:
    text = FILE.read_text(encoding="utf-8")
    for old, new, says in (
        ('settles = "sickness-return"', 'settles = "no-contact"', "return[2].settles: “no-contact” is not among"),
        ('triggers = "sickness-return"', 'triggers = "sick"', "return[2].triggers: “sick” is no kind of trigger"),
    ):
        spoilt = tmp_path / "national.toml"
        assert old in text
        spoilt.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(Damaged) as refused:
            read_returns(spoilt)
        assert says in str(refused.value)

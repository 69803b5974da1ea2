"""The triggers of the law and the packs: read whole, each with its source, and refused where a file is wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from desktop_app import paths
from desktop_app.domain.errors import Damaged
from desktop_app.domain.rulebook import Rulebook
from desktop_app.domain.triggers import TriggerKind
from desktop_app.rulebook import load
from desktop_app.rulebook_triggers import RULES as READ
from desktop_app.rules.triggers.table import RULES

LAW, KNOWSLEY = "national/2024-08-19.toml", "authorities/knowsley.toml"
ELSEWHERE = {"register-missing", "band-crossed"}
"""The rules that are not about one child alone."""


def test_every_rule_that_can_be_named_is_there_and_named() -> None:
    assert set(READ) == set(RULES) | ELSEWHERE


def test_every_kind_is_told_of_by_some_file(rulebook: Rulebook) -> None:
    specs = [*rulebook.triggers, *(one for pack in rulebook.packs.values() for one in pack.triggers)]
    assert {one.kind for one in specs} == set(TriggerKind)
    assert {one.rule for one in specs} == set(READ)
    assert all(one.title and one.source for one in specs)


def test_a_pack_may_follow_a_trigger_of_the_law(tmp_path: Path) -> None:
    for folder in ("national", "authorities", "casework"):
        shutil.copytree(paths.resources() / folder, tmp_path / folder)
    pack = tmp_path / KNOWSLEY
    text = pack.read_text(encoding="utf-8").replace('follows = "level-one"', 'follows = "persistent-absence"')
    pack.write_text(text, encoding="utf-8")
    last = load(tmp_path).packs["knowsley"].triggers[-1]
    assert last.params["follows"] == "persistent-absence"


def test_the_numbers_agree_with_those_that_stand_elsewhere(rulebook: Rulebook) -> None:
    by_key = {one.key: one for one in rulebook.triggers}
    grounds = rulebook.grounds.values()
    assert {one.absent_days for one in grounds if one.absent_days} == {int(by_key["long-absence"].params["days"])}
    after = {one.days_after_leave for one in grounds if one.days_after_leave}
    assert after == {int(by_key["leave-ended"].params["days"])}
    for pack in rulebook.packs.values():
        for referral in pack.referrals:
            for one in referral.requirements:
                if one.rule == "unauthorised-in-weeks":
                    asked = next(t for t in rulebook.triggers_of(pack) if t.key == "penalty-threshold").params
                    assert (one.params["sessions"], one.params["weeks"]) == (asked["sessions"], asked["weeks"])


def test_what_a_pack_says_takes_the_place_of_the_national(rulebook: Rulebook) -> None:
    keys = [one.key for one in rulebook.triggers_of(rulebook.packs["sefton"])]
    assert len(keys) == len(set(keys))
    severe = next(one for one in rulebook.triggers_of(rulebook.packs["sefton"]) if one.key == "severe-absence")
    assert "Neglect Strategy" in severe.title
    knowsley = {one.key for one in rulebook.packs["knowsley"].triggers}
    assert knowsley == {"lateness-threshold", "no-contact", "neglect-factor", "level-one", "no-improvement"}


@pytest.mark.parametrize(("name", "old", "new", "says"), [
    (LAW, 'rule = "penalty-window"', 'rule = "penalty"', "rule: “penalty” is none of reason-open"),
    (LAW, 'kind = "penalty-threshold"', 'kind = "fine"', "kind: “fine” is none of reason-not-established"),
    (LAW, 'sessions = "10"', 'sessions = "ten"', "params.sessions: “ten” is not how it is written"),
    (LAW, 'sessions = "10"\n', "", "params.sessions: is missing"),
    (LAW, 'codes = "G N O U"', 'codes = "G, N"', "params.codes: “G, N” is not how it is written"),
    (LAW, 'key = "attendance-return"', 'key = "penalty-threshold"', "key: “penalty-threshold” stands there twice"),
    (LAW, 'title = "Persistently absent"\nrule', 'title = ""\nrule', "title: is empty"),
    (LAW, 'source = "ea: section 8, ', 'source = "act: section 8, ', "source: “act” is not one of [sources]"),
    (LAW, 'codes = "G N O U"', 'codes = "G N O Z9"', "params.codes: “Z9” is no code of the law"),
    (LAW, 'logged = "O"', 'logged = "F"', "params.logged: “F” is no code of the law"),
    (KNOWSLEY, 'codes = "U"', 'codes = "UU"', "params.codes: “UU” is not how it is written"),
    (KNOWSLEY, 'codes = "U"', 'codes = "F"', "params.codes: “F” is no code of the law"),
    (KNOWSLEY, 'follows = "level-one"', 'follows = "level-two"', "params.follows: there is no trigger “level-two”"),
    (KNOWSLEY, 'follows = "level-one"', 'follows = "no-improvement"', "there is no trigger “no-improvement” to follow"),
    (KNOWSLEY, 'percent = "75"', "percent = 75", "params.percent: must be text"),
    (KNOWSLEY, 'percent = "75"', 'percents = "75"', "params.percents: is not a key that stands here"),
])  # fmt: skip
def test_a_slip_of_the_pen_is_refused(tmp_path: Path, name: str, old: str, new: str, says: str) -> None:
    for folder in ("national", "authorities", "casework"):
        shutil.copytree(paths.resources() / folder, tmp_path / folder)
    text = (tmp_path / name).read_text(encoding="utf-8")
    start = text.index("[[trigger]]")
    assert old in text[start:]
    (tmp_path / name).write_text(text[:start] + text[start:].replace(old, new, 1), encoding="utf-8")
    with pytest.raises(Damaged) as fault:
        dict(load(tmp_path).packs)
    assert says in str(fault.value)
    assert Path(name).name in str(fault.value)

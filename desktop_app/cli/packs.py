"""`packs` and `pack check`: the authorities’ packs, and whether a file is one that a school could use."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from desktop_app.actions.packs import LONGEST, read_checked
from desktop_app.cli.answers import Answer
from desktop_app.cli.kinds import Adder, file
from desktop_app.domain.errors import Refused
from desktop_app.domain.rulebook import Band, Pack, Rulebook


def add(command: Adder) -> None:
    """Add the command that lists them."""
    command("packs", "list the authority packs")


def add_pack(command: Adder) -> None:
    """Add the command that checks one."""
    pack = command("pack", "check the file of an authority pack")
    pack.add_argument("deed", choices=["check"])
    pack.add_argument("file", type=file)


def listed(rulebook: Rulebook) -> Answer:
    """Every authority pack, with its bands and referrals."""
    return Answer([_pack(pack) for _, pack in sorted(rulebook.packs.items())])


def check(rulebook: Rulebook, asked: Namespace) -> Answer:
    """Whether the file is a pack, whole and with its worked examples coming out."""
    path: Path = asked.file
    if path.stat().st_size > 4 * LONGEST:
        raise Refused(f"{path.name} is too large to be a pack.")
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise Refused(f"{path.name} is no text in UTF-8.") from error
    pack = read_checked(rulebook, text)
    work = pack.casework
    return Answer(
        {
            **_pack(pack),
            "levels": [
                {
                    "key": level.key,
                    "title": level.title,
                    "steps": [{"key": step.key, "title": step.title, "next": list(step.ways)} for step in level.steps],
                }
                for level in work.levels
            ],
            "meetings": [{"key": meeting.key, "title": meeting.title} for meeting in work.meetings],
            "triggers": [{"key": trigger.key, "title": trigger.title} for trigger in pack.triggers],
            "examples": len(pack.examples),
        }
    )


def _pack(pack: Pack) -> dict[str, object]:
    return {
        "key": pack.key,
        "title": pack.title,
        "version": pack.version,
        "bands": [_band(band) for band in pack.bands],
        "referrals": [{"key": referral.key, "title": referral.title} for referral in pack.referrals],
    }


def _band(band: Band) -> dict[str, object]:
    ends = {"at_least": band.at_least, "above": band.above, "at_most": band.at_most, "below": band.below}
    return {
        "key": band.key,
        "title": band.title,
        **{name: _number(float(end)) for name, end in ends.items() if end is not None},
    }


def _number(value: float) -> float | int:
    return int(value) if value == int(value) else value

"""Reads the packs of local authorities, each when it is first asked for: a school has one, and opens with it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop_app.domain.errors import Damaged
from desktop_app.domain.rulebook import Band, Example, Pack, PackTexts
from desktop_app.rulebook_bands import read_bands
from desktop_app.rulebook_casework import KEYS as CASEWORK, read_casework
from desktop_app.rulebook_leave import read_leave_list
from desktop_app.rulebook_params import read_limit
from desktop_app.rulebook_referrals import read_referrals
from desktop_app.rulebook_returns import read_changes
from desktop_app.rulebook_triggers import read_triggers
from desktop_app.toml_table import Table, parse_table

_KEY = re.compile(r'^key = "([a-z0-9-]+)"', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class PackFiles(PackTexts):
    """The files of the packs, and how one is read: `codes` and `law` are the keys of the codes and of the law’s
    triggers, which a pack may name."""

    paths: Mapping[str, Path]
    codes: Collection[str]
    law: Collection[str]

    def text(self, key: str) -> str:
        """The text of the shipped pack of that key. Raises `Damaged`."""
        try:
            return self.paths[key].read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            raise Damaged(f"{key}.toml cannot be read: {error}.") from error

    def read(self, text: str) -> Pack:
        """A pack’s file is called as its key; a text without a file has the name it gives itself."""
        named = _KEY.search(text)
        return read_pack(parse_table(text, f"{named[1] if named else 'pack'}.toml"), self.codes, self.law)


class Packs(Mapping[str, Pack]):
    """The packs in a folder, by key, the name of the file. Which there are is known at once; what is in one is read
    when it is first asked for, and a fault in it raised then."""

    def __init__(self, files: PackFiles) -> None:
        self._files = files
        self._read: dict[str, Pack] = {}
        if "england" not in files.paths:
            raise Damaged("authorities: there is no england.toml, which every school without its own pack needs.")

    def __getitem__(self, key: str) -> Pack:
        if key not in self._read:
            files = self._files
            self._read[key] = read_pack(parse_table(files.text(key), f"{key}.toml"), files.codes, files.law)
        return self._read[key]

    def __contains__(self, key: object) -> bool:
        return key in self._files.paths

    def __iter__(self) -> Iterator[str]:
        return iter(self._files.paths)

    def __len__(self) -> int:
        return len(self._files.paths)


def read_pack(table: Table, codes: Collection[str], law: Collection[str]) -> Pack:
    """A pack from its file. Raises `Damaged`, naming file, key and reason."""
    table.only(
        *("key", "title", "version", "authority", "source", "note", "sources", "too_early"),
        *("band", "check", "referral", "example", "trigger", "leave", "return"),
        *CASEWORK,
    )
    if f"{table.text('key')}.toml" != table.file:
        raise table.fault("key", "must be the name of the file")
    bands = read_bands(table)
    referrals = read_referrals(table)
    triggers = read_triggers(table, codes, law)
    return Pack(
        key=table.text("key"),
        title=table.text("title"),
        version=table.text("version"),
        authority=table.text("authority"),
        source=table.source(),
        bands=bands,
        referrals=tuple(referrals.values()),
        examples=tuple(_example(row, bands) for row in table.tables("example")),
        note=table.text("note", ""),
        too_early=read_limit(table.table("too_early")) if "too_early" in table.values else None,
        triggers=triggers,
        returns=read_changes(table),
        leave_list=read_leave_list(table.table("leave")) if "leave" in table.values else None,
        casework=read_casework(table, {*law, *(one.key for one in triggers)}, referrals.keys()),
    )


def _example(row: Table, bands: tuple[Band, ...]) -> Example:
    row.only("attended", "possible", "band")
    band = row.text("band")
    if band not in {known.key for known in bands}:
        raise row.fault("band", f"there is no band “{band}”")
    return Example(row.whole("attended"), row.whole("possible"), band)

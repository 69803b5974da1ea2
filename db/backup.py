"""A verified copy: taken by SQLite's own backup, opened and checked, and only then given its name."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from db import keys
from db.engine import connect, driver
from db.faults import disk_in_words, in_words
from db.files import discard, force, swap, write_whole
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Progress

PAGES = 2048
"""Pages copied at a step; between steps others may write, and the copy then begins again by itself."""
_STEPS = 4
_NOT_MADE = "The copy was not made"


def copy_to(engine: Engine, source: Path, key: bytes, target: Path) -> Generator[Progress, None, None]:
    """Copy the store at `source` and its keys to `target`; see `Store.backup`."""
    target_keys = keys.places(target)[0]
    _refuse_taken(target, target_keys)
    partial = target.with_name(target.name + ".partial")
    named = False
    try:
        yield Progress(0, _STEPS, "Copying the school’s file")
        _copy(engine, partial, key)
        yield Progress(1, _STEPS, "Checking every page of the copy")
        _verify_file(partial, key)
        yield Progress(2, _STEPS, "Comparing the copy with the school")
        _compare(engine, partial, key)
        yield Progress(3, _STEPS, "Naming the copy")
        write_whole(target_keys, keys.load(source)[0].to_text().encode("ascii"))
        swap(partial, target)
        named = True
    except OSError as error:
        raise disk_in_words(error, _NOT_MADE) from error
    except driver.Error as error:
        raise in_words(error, _NOT_MADE) or error from None
    finally:
        discard(partial)
        if not named:
            target_keys.unlink(missing_ok=True)
    yield Progress(_STEPS, _STEPS, "The copy is made and checked")


def _refuse_taken(target: Path, target_keys: Path) -> None:
    if not target.parent.is_dir():
        raise Refused(f"{_NOT_MADE}: there is no folder {target.parent}.")
    for taken in (target, target_keys):
        if taken.exists():
            raise Refused(f"{_NOT_MADE}: {taken.name} already exists. Choose another name; no copy is overwritten.")


def _copy(engine: Engine, partial: Path, key: bytes) -> None:
    discard(partial)
    copy = connect(partial, key)
    try:
        copy.execute("PRAGMA journal_mode = OFF")
        copy.execute("PRAGMA synchronous = OFF")
        with engine.connect() as connection:
            original: Any = connection.connection.driver_connection
            original.backup(copy, pages=PAGES)
    finally:
        copy.close()
    force(partial)


def _verify_file(partial: Path, key: bytes) -> None:
    """Every page against its HMAC, then the file's own structure."""
    copy = connect(partial, key, query_only=True)
    try:
        damage = copy.execute("PRAGMA cipher_integrity_check").fetchall()
        structure = copy.execute("PRAGMA quick_check").fetchall()
    finally:
        copy.close()
    if damage or structure != [("ok",)]:
        raise Refused(f"{_NOT_MADE}: the written copy did not read back as it should. Try another disk or stick.")


def _compare(engine: Engine, partial: Path, key: bytes) -> None:
    """The copy must end in a link of the school's own chain, with the history up to that link whole."""
    copy = connect(partial, key, query_only=True)
    try:
        link, head = copy.execute("SELECT seq, hash FROM link ORDER BY seq DESC LIMIT 1").fetchone()
        copied = copy.execute("SELECT count(*), coalesce(max(seq), 0) FROM mark_history").fetchone()
        marks = copy.execute("SELECT count(*) FROM mark").fetchone()[0]
        current = copy.execute(_CURRENT).fetchone()[0]
    finally:
        copy.close()
    with engine.connect() as connection:
        ours = connection.exec_driver_sql("SELECT hash FROM link WHERE seq = ?", (link,)).scalar()
        statement = "SELECT count(*), coalesce(max(seq), 0) FROM mark_history WHERE link <= ?"
        history = connection.exec_driver_sql(statement, (link,)).one()
    if ours != head or tuple(history) != tuple(copied) or marks != current:
        raise Refused(f"{_NOT_MADE}: the written copy is not the same as the school. Try another disk or stick.")


_CURRENT = (
    "SELECT count(*) FROM mark_history WHERE code <> '' AND seq IN"
    " (SELECT max(seq) FROM mark_history GROUP BY day, half, pupil)"
)

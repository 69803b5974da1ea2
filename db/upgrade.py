"""Bringing a store of an earlier revision up to date. Imported, and Alembic with it, only when that is due."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from db.backup import copy_to
from db.check import examine
from db.engine import open_engine
from db.files import discard, force, swap
from db.keys import places
from db.migrate import REVISIONS, make_guards
from desktop_app.domain.errors import Refused

_LEFT = "could not be brought up to date and was left as it is"
SCRIPTS = Path(__file__).resolve().parent / "migrations"


def bring_up_to_date(path: Path, key: bytes, scripts: Path = SCRIPTS) -> Path:
    """Migrate a verified copy of the store and swap it in; the store as it was stays beside it, and its path is
    returned. Whatever goes wrong, the store is left as it was found."""
    kept = path.with_name(f"{path.name}.before-{REVISIONS[-1]}")
    work = path.with_name(f"{path.name}.upgrading")
    for left in (work, places(work)[0]):
        discard(left)
    try:
        _copy(path, key, kept)
        _copy(path, key, work)
        engine = open_engine(work, key)
        try:
            upgrade(engine, scripts)
            _prove(engine, path)
        finally:
            engine.dispose()
        force(work)
        swap(work, path)
    except DBAPIError as error:
        raise Refused(f"{path.name} {_LEFT}.") from error
    finally:
        for left in (work, places(work)[0]):
            discard(left)
    return kept


def upgrade(engine: Engine, scripts: Path = SCRIPTS) -> None:
    """Run the revisions that are due, in one transaction, with foreign keys off as rebuilt tables need it; then make
    again the triggers and partial indexes that Alembic's rebuilding loses."""
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        pragma = connection.connection.cursor()
        pragma.execute("PRAGMA foreign_keys = OFF")
        try:
            with connection.begin():
                command.upgrade(config, "head")
                make_guards(connection)
        finally:
            pragma.execute("PRAGMA foreign_keys = ON")
            pragma.close()


def _copy(path: Path, key: bytes, target: Path) -> None:
    if target.exists():
        return
    engine = open_engine(path, key)
    try:
        for _ in copy_to(engine, path, key, target):
            pass
    finally:
        engine.dispose()


def _prove(engine: Engine, path: Path) -> None:
    with engine.connect() as connection, connection.begin():
        faults = examine(connection, None).faults
    if faults:
        raise Refused(f"{path.name} {_LEFT}: {faults[0]}")

"""Reads what the law says of leave of absence."""

from __future__ import annotations

from desktop_app.domain.codes import Code
from desktop_app.domain.leave import LeaveGround, LeaveLaw, LeaveList
from desktop_app.toml_table import Table


def read_leave(table: Table, codes: dict[str, Code]) -> LeaveLaw:
    """The grounds of leave, from the national file. Raises `Damaged`, naming file, key and reason."""
    table.only("ground", "holiday", "protest", "taken", "rule", "own_rule", "follows", "source")
    grounds = tuple(_ground(row, codes) for row in table.tables("ground"))
    if len({one.key for one in grounds}) < len(grounds):
        raise table.fault("ground", "two of them have one key")
    taken = table.text("taken")
    if taken not in codes:
        raise table.fault("taken", f"there is no code “{taken}”")
    return LeaveLaw(
        grounds=grounds,
        holiday=table.text("holiday"),
        protest=table.text("protest"),
        taken=taken,
        source=table.source(),
        rule=table.text("rule"),
        own_rule=table.text("own_rule"),
        follows=table.text("follows"),
    )


def read_leave_list(table: Table) -> LeaveList:
    """A published list of exceptional circumstances, from a pack."""
    table.only("exceptional", "weeks", "source")
    return LeaveList(tuple(table.text("exceptional").split("; ")), table.whole("weeks"), table.source())


def _ground(row: Table, codes: dict[str, Code]) -> LeaveGround:
    row.only(*LeaveGround.__dataclass_fields__)
    code = row.text("code")
    if code not in codes:
        raise row.fault("code", f"there is no code “{code}”")
    return LeaveGround(
        key=row.text("key"),
        title=row.text("title"),
        meaning=row.text("meaning"),
        code=code,
        source=row.source(),
        evidence=row.text("evidence", ""),
        timetable=row.flag("timetable"),
        own=row.flag("own"),
    )

"""Reads which files are kept with an entry: `resources/casework/files.toml`."""

from __future__ import annotations

from desktop_app.domain.files import MEGABYTE, FileRules, FileType
from desktop_app.rulebook_params import read_limit
from desktop_app.rules.attachments import KNOWN
from desktop_app.rules.file_names import PROGRAMS
from desktop_app.toml_table import Table, by_key


def read_files_kept(table: Table) -> FileRules:
    """The limits and the types. One that cannot be told by its bytes is refused, and so is an ending by which Windows
    runs a program. Raises `Damaged`, naming file, key and reason."""
    table.only("key", "title", "sources", "limits", "type")
    limits = table.table("limits")
    limits.only("largest_megabytes", "most")
    largest, most = read_limit(limits.table("largest_megabytes")), read_limit(limits.table("most"))
    if not largest.value or not most.value:
        raise limits.fault("most", "at least one file of one MB is kept")
    return FileRules(largest.value * MEGABYTE, most.value, by_key(table, "type", _type, lambda one: one.media))


def _type(row: Table) -> FileType:
    row.only(*FileType.__dataclass_fields__)
    media, endings = row.text("media"), tuple(filter(None, row.text("endings").split("; ")))
    if media not in KNOWN:
        raise row.fault("media", f"“{media}” cannot be told by its bytes")
    if runs := PROGRAMS & set(endings):
        raise row.fault("endings", f"“{min(runs)}” is that of a program")
    return FileType(media, row.text("title"), endings, row.flag("shown"))

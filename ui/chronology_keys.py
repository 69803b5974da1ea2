"""The keys of the places of casework (see `ui/keys.py`)."""

from __future__ import annotations

from ui.keys import Key

ENTRY = (
    Key(("↑", "↓"), "another file of the entry; it is shown beside", cap="↑/↓"),
    Key(("Enter",), "into the file: PgUp, PgDn, + and − as in a bundle", "into the file"),
    Key(("Ctrl+O",), "attach files to the entry", "attach"),
    Key(("Ctrl+S",), "save a copy of the file that is shown", "save a copy"),
    Key(("Esc",), "out of the file; then back to the chronology", "back"),
)

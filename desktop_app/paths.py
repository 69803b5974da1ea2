"""Where resources, data and logs lie, from source and when frozen."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def resources() -> Path:
    """The folder of data files shipped with the program."""
    frozen = getattr(sys, "_MEIPASS", None)
    root = Path(frozen) if frozen else Path(__file__).resolve().parent.parent
    return root / "resources"


def data_home() -> Path:
    """The folder offered for schools: local to this PC and user, never a roaming or synced one."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "Rollbook"
    return Path(os.environ.get("XDG_DATA_HOME", str(Path.home() / ".local" / "share"))) / "rollbook"


def log_file() -> Path:
    """The log: ids and errors only, never a name."""
    return data_home() / "logs" / "rollbook.log"

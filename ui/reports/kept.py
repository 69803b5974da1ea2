"""What is remembered of the last run: which report, and the folder into which reports go. No name of a child."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from desktop_app.context import Context

PLACE = "reports"


@dataclass(frozen=True, slots=True)
class LastRun:
    """The report shown last, by key, and the folder of the last file; empty: there was none."""

    report: str = ""
    folder: str = ""

    @property
    def usable(self) -> bool:
        """Whether a file can go there without asking."""
        return bool(self.folder) and Path(self.folder).is_dir()


def last_run(context: Context) -> LastRun:
    """What was run last by the present user in this school."""
    try:
        kept = json.loads(context.store.drafts.get(PLACE) or "{}")
        return LastRun(str(kept.get("report", "")), str(kept.get("folder", "")))
    except (ValueError, AttributeError):
        return LastRun()


def remember(context: Context, run: LastRun) -> None:
    """Remember it. A store that is only read keeps nothing."""
    content = json.dumps({"report": run.report, "folder": run.folder})
    context.store.drafts.keep(PLACE, content, context.clock())

"""Importing: pupils with their parents, marks, and the school calendar; each all or nothing, with the same preview.

Each import is a generator of progress that returns an `ImportReport`. With `dry_run` nothing is written and the report
is the same. What is written is one link of the audit chain, whose reason is the file's name and SHA-256.
"""

from __future__ import annotations

from desktop_app.actions.import_calendar import import_calendar
from desktop_app.actions.import_marks import import_marks
from desktop_app.actions.import_pupils import import_pupils

__all__ = ["import_calendar", "import_marks", "import_pupils"]

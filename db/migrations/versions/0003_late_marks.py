"""An index of the late marks, so that the minutes late of a year are not looked for among all its marks.

Written out, since a migration must mean tomorrow what it means today: it imports none of ours.
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index."""
    op.execute("CREATE INDEX mark_late ON mark (day, half, pupil) WHERE minutes IS NOT NULL")

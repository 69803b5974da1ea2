"""The kinds of task that are nobody's case: what a task is called by whoever makes it, lists it and closes it."""

from __future__ import annotations

CHASE = "chase"
"""To take the next step of the policy for a child nobody has accounted for."""
REVIEW = "timetable-review"
"""To review a part-time timetable."""
LEAVE_DECIDE = "leave-decide"
"""To decide on a request for leave: `leave-decide:REQUEST`."""
LEAVE_LETTER = "leave-letter"
"""To write to one parent what was decided: `leave-letter:DECISION:PERSON`."""
CONTRACT_CHECK = "contract-check"
"""To see how an attendance contract is kept, or what comes of a broken one: `contract-check:CONTRACT`."""

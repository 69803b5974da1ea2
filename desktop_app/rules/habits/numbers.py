"""The numbers of the patterns, each once, with why it is what it is. None of them is law: they decide what is shown
beside a child to be asked about, and nothing follows from them by itself."""

from __future__ import annotations

ONE_IN = 20
"""A weekday, a half, a weekend, a holiday or a sibling's days are named where days spread without any pattern would
fall so at most once in twenty children. Decided on whole numbers (`chance.py`), never on a percentage: of eight days
missed in a term, five Mondays are named and four are not."""
LEAST_DAYS = 4
"""Fewer missed days on a weekday, or in a half, are no pattern, however rare: an office remembers three by itself."""
LEAST_BESIDE_HOLIDAY = 2
"""There are a handful of such days in a year: two of them are half the half-terms of a term."""
LEAST_WITH_SIBLING = 3
"""Two days together are one stomach bug."""

RECENT_WEEKS = 6
"""How many school weeks are recent: the six after which Knowsley's Level 1 is looked at again."""
LEAST_BROKEN = 3
"""Broken weeks among them that make a pattern: every other week."""
WORSE_IN_A_ROW = 3
"""Knowsley, Level 2: attendance "has not improved or has deteriorated over a 3-week period"."""
FIRST_WEEK_SOURCE = "School-Home Support, Monitor"
"""Children with an unauthorised absence in the first week of a term missed 25 % of sessions without authorisation, and
others 2 %; missing its second, third or fourth day went with 43 % absence overall."""

LEAST_LATE = 3
"""Times late that are a pattern: as many as an office remembers by itself, and no fewer than show a direction."""
RISING_MONTHS = 3
"""Months of which each has more minutes late for its sessions than the one before it: lateness creeps."""
LEAST_OCCASIONS = 4
"""Separate occasions with one code that make a reason a repeated one."""
LEAST_WORDS = 3
"""Occasions with the very same words, which are rarer than a code."""
LEAST_SPELLS = 3
"""Spells of illness; or one of `LONG_SPELL` sessions."""
LONG_SPELL = 10
"""Five school days: after so many Lunt's Heath asks for medical evidence."""
STEP_SESSIONS = 10
"""Sessions on either side of a step without which nothing can be said of it: a full school week. Which days are looked
at says `rules/effect.py`."""
STEPS_SHOWN = 6
"""The newest steps; older ones stand in the chronology."""

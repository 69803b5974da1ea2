"""What the morning says of itself: how many are in, why no register is taken, and what an empty list means."""

from __future__ import annotations

from fractions import Fraction

from desktop_app.actions.today import TodayPage as Morning
from desktop_app.rules.display import percent
from desktop_app.rules.session_lists import count_words


def present_words(morning: Morning) -> str:
    """How many are in. A rate would mislead while children are unmarked: nobody knows yet whether they came."""
    if not morning.expected:
        return "nobody expected"
    present = f"{morning.present} of {morning.expected} present"
    blank = sum(state.blank for state in morning.registers if state.session == morning.session)
    rate = percent(Fraction(100 * morning.present, morning.expected))
    return f"{present} · {blank} not marked yet" if blank else f"{present} · {rate}"


def closed_words(morning: Morning) -> str:
    """Why there are no registers."""
    return f"No register is taken today: {morning.why_closed}." if morning.why_closed else "No register is taken today."


def nobody_words(morning: Morning) -> tuple[str, str]:
    """What the empty list says: all done, or what else is still to do."""
    open_registers = [state for state in morning.registers if not state.taken]
    if open_registers:
        count = count_words(len(open_registers), "register is", "registers are")
        done = "taken" if morning.taken_here else "imported"
        return "Nobody to call yet", f"Every absence so far has a reason. {count} not {done}."
    if morning.session is not None and not morning.expected:
        return "Nobody is expected today", "Pupils are imported from the School menu (Alt+S)."
    if morning.session is None:
        return "All done", "Every absence has a reason."
    rate = percent(Fraction(100 * morning.present, morning.expected))
    return "All done", f"{rate} present. Every register is taken and every absence has a reason."


def calling_words(morning: Morning) -> tuple[str, str]:
    """How many children and families are to be rung, and how many families were; both empty where there is none."""
    children = {child.pupil.id for family in morning.calling for child in family.pupils}
    if not children:
        return "", ""
    families = count_words(len(morning.calling), "family", "families")
    reached = sum(bool(family.last_words) for family in morning.calling)
    said = f"{count_words(len(children), 'child', 'children')} · {families}"
    return said, f"{reached} of {len(morning.calling)} called today"

"""How a target stands, in plain sentences: the same on the screen and on paper."""

from __future__ import annotations

from fractions import Fraction

from desktop_app.domain.groups import SMALL
from desktop_app.domain.targets import GroupTarget, Part, Target, TargetState, Whose
from desktop_app.rules.display import date_year, percent
from desktop_app.rules.session_lists import count_words
from desktop_app.rules.targets import percent_text


def whose_words(whose: Whose) -> str:
    """Whose target it is, in words."""
    titles = {Part.SCHOOL: "The school", Part.PHASE: f"{whose.name} phase", Part.YEAR: f"Year {whose.name}"}
    return titles.get(whose.part, f"Class {whose.name}")


def target_line(state: TargetState) -> str:
    """A target and whether it is met, on one line: `Target 95% · not met, 18 of 20`."""
    counts = f"{state.since.attended} of {state.since.possible}"
    if state.too_early:
        said = f"too early to say: {state.since.possible} of {state.least} sessions"
    elif state.met is None:
        said = "it had no session"
    elif state.over:
        said = f"{'it was met' if state.met else 'it was not met'}, {counts}"
    else:
        said = f"{'met' if state.met else 'not met'}, {counts}"
    return f"Target {percent_text(state.target.percent)}% · {said}"


def stands_words(row: GroupTarget) -> str:
    """How the target of the school or a part of it stands, in a word or two: `met so far`, `not met`, `not begun`."""
    if row.target is None:
        return "none is set"
    state = row.state
    if state is None:
        return "not begun"
    if state.too_early:
        return "too early"
    if state.met is None:
        return "had no session"
    if state.over:
        return "was met" if state.met else "was not met"
    return "met so far" if state.met else "not met so far"


def group_words(row: GroupTarget) -> tuple[str, ...]:
    """Everything that can be said of the target of the school or a part of it on that day."""
    pupils = count_words(row.pupils, "pupil", "pupils")
    few = ": with so few, one child’s illness moves the figure" if 0 < row.pupils < SMALL else ""
    here = f"{pupils} on that day{few}."
    if row.target is None:
        return (here, "No target is set.")
    if row.state is None:
        return (here, target_words(row.target), f"It begins on {date_year(row.target.first)}.")
    return (here, *state_words(row.state))


def target_words(target: Target) -> str:
    """What was agreed, in words."""
    until = f" to {date_year(target.until)}" if target.until else " to the end of the school year"
    agreed = f", agreed with {target.agreed_with}" if target.agreed_with else ""
    return f"At least {percent_text(target.percent)}% from {date_year(target.first)}{until}{agreed}."


def state_words(state: TargetState) -> tuple[str, ...]:
    """Everything that can be said of a target on that day."""
    said = [target_words(state.target)]
    since = state.since
    if state.too_early:
        said.append(_early(state))
    elif state.met is None:
        said.append("It had no session.")
    else:
        was = "It was met" if state.met else "It was not met"
        so_far = was if state.over else f"{'Met' if state.met else 'Not met'} so far"
        said.append(f"{so_far}: {since.attended} of {since.possible} sessions, {percent(since.attendance)}.")
    if state.points is not None and state.gained is not None:
        said.append(_improvement(state.points, state.gained))
    if state.may_miss is not None and state.to_come and not state.over:
        said.append(_still(state.may_miss, state.to_come - state.planned, state.planned))
    if state.one_day is not None:
        said.append(f"One day is {percent(state.one_day, 2)} of this child’s school year.")
    return tuple(said)


def _early(state: TargetState) -> str:
    since = state.since.possible
    been = f"{since} of the {state.least} possible sessions that takes {'has' if since == 1 else 'have'} been"
    return f"Too early to say whether it is met: {been}."


def _improvement(points: Fraction, gained: Fraction) -> str:
    if not points:
        return "That is as it was before."
    sessions = percent(abs(gained)).rstrip("%")
    way, more = ("better", "more") if points > 0 else ("worse", "fewer")
    return (
        f"That is {percent(abs(points)).rstrip('%')} points {way} than in this school year until then: "
        f"{sessions} sessions {more} than at the former rate."
    )


def _still(may_miss: int, to_come: int, planned: int) -> str:
    """What may be missed of the sessions to come for which no absence is planned."""
    besides = f", besides {planned} planned as absence" if planned else ""
    if may_miss < 0:
        return f"It cannot be met any more, even if none of the {to_come} sessions to come is missed{besides}."
    if may_miss >= to_come:
        return f"It will be met whatever comes of the {to_come} sessions to come{besides}."
    if not may_miss:
        return f"None of the {to_come} sessions to come may be missed{besides}."
    return f"Of the {to_come} sessions to come {may_miss} may be missed{besides}."

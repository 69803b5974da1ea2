"""What a person says of each line of a return before it is made, and what cannot be said."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from desktop_app.domain.people import Pupil
from desktop_app.domain.returns import Checked, ListedLine, ReturnLine, ReturnSpec
from desktop_app.rules.age import compulsory
from desktop_app.rules.session_lists import count_words


def checked_fault(spec: ReturnSpec, listed: Sequence[ListedLine], checked: Checked) -> str:
    """Why a return cannot be made from what was said of its lines; empty where it can."""
    keys = {line_id(one.line): one for one in listed}
    unknown = (checked.kept | checked.left_out.keys()) - keys.keys()
    if unknown:
        return "The list has changed since it was checked. Look at it again."
    both = checked.kept & checked.left_out.keys()
    if both:
        return f"{keys[min(both)].pupil.name} is both kept and left out. Say which."
    blank = [key for key, why in checked.left_out.items() if not why.strip()]
    if blank:
        return f"Say why {keys[blank[0]].pupil.name} is left out: it is kept with the return."
    waiting = [one for key, one in keys.items() if one.owed and key not in checked.kept and key not in checked.left_out]
    if waiting:
        number = count_words(len(waiting), "line has", "lines have")
        return f"{number} not been checked: {waiting[0].pupil.name}. Keep each line, or leave it out with a reason."
    if not checked.kept and not checked.added and not (spec.monthly and len(checked.left_out) == len(listed)):
        return (
            "Everybody on the list was told of, or is on a return already." if listed else "There is nobody to report."
        )
    return ""


def added_fault(
    spec: ReturnSpec, child: Pupil, reason: str, on: date, listed: Collection[int], kept: Collection[int]
) -> str:
    """Why a child cannot be added by hand; empty where it can."""
    if not reason.strip():
        return f"Say why {child.name} is added: it stands on the return."
    if child.id in kept or (spec.monthly and child.id in listed):
        return f"{child.name} is on the list already."
    if child.starting_day > on:
        return f"{child.name} has not started yet."
    if spec.compulsory and not compulsory(child.date_of_birth, on):
        return f"{child.name} is not of compulsory school age: this return is of those who are."
    return ""


def line_id(line: ReturnLine) -> str:
    """How a line is named where it is kept or left out: the child’s number and what the line is about."""
    return f"{line.pupil}/{line.key}"

"""For whom a period of the calendar is: everybody, some classes, some year groups; as people type it, and back."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop_app.domain.errors import Refused

EVERYBODY = "everybody"
_YEAR = re.compile(r"(?:year|yr|y)\s*(\w+)")


def read_whom(text: str, classes: Sequence[str], years: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The classes and the year groups that `4B, Year 5` names; none and none for everybody. A bare name that is a class
    is the class. Raises `Refused` where it is neither."""
    found_classes: list[str] = []
    found_years: list[str] = []
    named = {one.casefold(): one for one in classes}
    of_year = {one.casefold(): one for one in years}
    for each in re.split(r"[,;]", text):
        name = " ".join(each.casefold().split())
        year = _YEAR.fullmatch(name)
        if not name or name == EVERYBODY:
            continue
        if name in named:
            found_classes.append(named[name])
        elif name in of_year:
            found_years.append(of_year[name])
        elif year and year[1] in of_year:
            found_years.append(of_year[year[1]])
        else:
            known = ", ".join([*classes, *(f"Year {one}" for one in years)])
            raise Refused(f"“{each.strip()}” is no class and no year group of that school year. There are: {known}.")
    return tuple(dict.fromkeys(found_classes)), tuple(dict.fromkeys(found_years))


def whom_words(classes: Sequence[str], years: Sequence[str]) -> str:
    """The same in words: `4B, Year 5`."""
    return ", ".join([*classes, *(f"Year {one}" for one in years)]) or EVERYBODY

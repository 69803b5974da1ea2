"""A second reckoning of attendance, straight from the rows of the files: loops and literals, none of its code."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Any

from tests.journeys.lists import Lists, Place, Row, iso

TOO_EARLY = 40
"""Before so many possible sessions persistent absence says nothing."""
ATTENDED = {"/", "\\", "L", "V", "P", "W", "B", "K", "J"}
AUTHORISED = {"I", "M", "C", "C1", "C2", "J1", "S", "T", "R", "E", "H"}
UNAUTHORISED = {"O", "G", "U", "N"}
NOT_POSSIBLE = {"D", "X", "Q", "Y", "Y1", "Y2", "Y3", "Y4", "Y5", "Y6", "Y7"}
NO_MARK = {"", "-", "?", "#", "Z"}

NOTED: dict[int, dict[str, dict[Place, int]]] = {}
Marks = dict[str, dict[Place, str]]
"""The code of each session, by admission number."""


def marks_of(lists: Lists) -> Marks:
    """The marks that the file gives."""
    found: Marks = {row["Admission Number"]: {} for row in lists.pupils}
    for row in lists.marks:
        if row["Code"] not in NO_MARK:
            found[row["Admission Number"]][row["Date"], row["Session"]] = row["Code"]
    return found


def minutes_of(lists: Lists) -> dict[str, dict[Place, int]]:
    """By admission number, the minutes of each late mark that the file gives; read once for each set of files."""
    if id(lists) not in NOTED:
        found: dict[str, dict[Place, int]] = {row["Admission Number"]: {} for row in lists.pupils}
        for row in lists.marks:
            if row["Minutes Late"]:
                found[row["Admission Number"]][row["Date"], row["Session"]] = int(row["Minutes Late"])
        NOTED[id(lists)] = found
    return NOTED[id(lists)]


def of_pupil(lists: Lists, marks: Marks, pupil: Row, first: str, last: str) -> dict[str, Any]:
    """One pupil's figures, as the door prints them."""
    begins, ends = iso(pupil["Admission Date"]), iso(pupil["Leaving Date"]) or "9999"
    number = pupil["Admission Number"]
    codes: Counter[str] = Counter()
    unmarked = late = 0
    noted = minutes_of(lists)[number]
    for day, half in lists.sessions:
        if first <= day <= last and begins <= day <= ends:
            code = marks[number].get((day, half))
            if code is None:
                unmarked += 1
            else:
                codes[code] += 1
                late += noted.get((day, half), 0) if code in ("L", "U") else 0
    figures = {**counted(codes, unmarked), "minutes_late": late}
    possible, absent = figures["possible"], figures["authorised"] + figures["unauthorised"]
    return {
        "upn": pupil["UPN"] or None,
        "admission_number": number,
        "name": f"{pupil['Legal Forename']} {pupil['Legal Surname']}",
        "class": pupil["Reg Group"],
        "year": pupil["Year Group"].removeprefix("Year ").replace("Reception", "R"),
        **figures,
        "persistent": None if possible == 0 else 10 * absent >= possible,
        "severe": None if possible == 0 else 2 * absent >= possible,
        "too_early": possible < TOO_EARLY,
    }


def of_all(lists: Lists, marks: Marks, first: str, last: str) -> list[dict[str, Any]]:
    """The figures of everybody on roll on any day of the period."""
    return [
        of_pupil(lists, marks, pupil, first, last)
        for pupil in lists.pupils
        if iso(pupil["Admission Date"]) <= last and (iso(pupil["Leaving Date"]) or "9999") >= first
    ]


def of_group(members: list[dict[str, Any]], **key: str) -> dict[str, Any]:
    """The figures of a group: sums, and how many pupils of it are persistently and severely absent."""
    codes: Counter[str] = Counter()
    for member in members:
        codes.update(member["codes"])
    return {
        **dict.fromkeys(("upn", "admission_number", "name", "class", "year")),
        **key,
        **counted(codes, sum(member["unmarked"] for member in members)),
        "minutes_late": sum(member["minutes_late"] for member in members),
        "persistent": sum(member["persistent"] is True for member in members),
        "severe": sum(member["severe"] is True for member in members),
        "pupils": len(members),
        "counted": sum(member["possible"] > 0 for member in members),
        "too_early": sum(0 < member["possible"] < TOO_EARLY for member in members),
    }


def counted(codes: Counter[str], unmarked: int) -> dict[str, Any]:
    """What the counts of codes come to."""
    assert set(codes) <= ATTENDED | AUTHORISED | UNAUTHORISED | NOT_POSSIBLE
    attended, authorised, unauthorised = (
        sum(codes[code] for code in of) for of in (ATTENDED, AUTHORISED, UNAUTHORISED)
    )
    possible = attended + authorised + unauthorised
    return {
        "possible": possible,
        "attended": attended,
        "authorised": authorised,
        "unauthorised": unauthorised,
        "late": codes["L"] + codes["U"],
        "unmarked": unmarked,
        "attendance_pct": 100 * attended / possible if possible else None,
        "band": band(Fraction(100 * attended, possible)) if possible else None,
        "codes": {code: number for code, number in codes.items() if number},
    }


def band(percent: Fraction) -> str:
    """Sefton's band."""
    if percent >= 96:
        return "excellent"
    if percent > 90:
        return "watch"
    if percent > 85:
        return "persistent"
    return "very-low" if percent > 50 else "severe"

"""Exhibits: the files of the record that go into a bundle as they were sent or received, each under a label."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop_app.domain.entries import Attachment


class TakenAs(StrEnum):
    """How a file comes into a bundle: as its pages, as a picture on a page, as lines of text, or not until a person has
    saved it as PDF (`BESIDE`)."""

    PAGES = "pages"
    PICTURE = "picture"
    TEXT = "text"
    BESIDE = "beside"


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One exhibit: its label (the witness’s initials and a number, in order of date), the file, the entry it is kept
    with, the day that entry happened, and one line that says what it is."""

    label: str
    attachment: Attachment
    entry: int
    day: date
    says: str
    taken_as: TakenAs

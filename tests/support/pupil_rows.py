"""Rows of a list of pupils: a boy, his mother, and his sister."""

from __future__ import annotations

from typing import Any

from tests.support.files import upn

RYAN: dict[str, Any] = {
    "UPN": upn(1),
    "Admission Number": "101",
    "Surname": "Doyle",
    "Forename": "Ryan",
    "Date of Birth": "14/02/2018",
    "Admission Date": "05/09/2022",
    "Year Group": "4",
    "Class": "4B",
    "Address": "7 Marsh Lane, Bootle, L20 4AB",
}
KIM: dict[str, Any] = {
    "Contact 1 Name": "Ms Kim Doyle",
    "Contact 1 Relationship": "mother",
    "Contact 1 Parental Responsibility": "Yes",
    "Contact 1 Lives With": "Yes",
    "Contact 1 Phone": "07700 900123",
}
MIA = {
    **RYAN,
    "UPN": upn(2),
    "Admission Number": "102",
    "Forename": "Mia",
    "Date of Birth": "01/03/2020",
    "Class": "2A",
    "Year Group": "2",
}

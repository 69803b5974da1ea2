"""What goes with a bundle when it leaves the school: the name of its file, and the e-mail to the authority. No child is
named in either: names of files and e-mails lie about on servers and in lists.

Source: practice, points 5 and 30 (what identifies a child is in the locked file, and its password goes another way).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop_app.domain.frozen import KeptBundle
from desktop_app.domain.school import School
from desktop_app.domain.staff import Author
from desktop_app.rules.display import long_date
from desktop_app.rules.session_lists import count_words


def bundle_name(reference: str, referral: str, on: date, *, locked: bool = False) -> str:
    """The name of its file: `RB-2026-0001 statutory-referral 2026-11-20.pdf`."""
    return f"{reference} {referral} {on.isoformat()}{' locked' if locked else ''}.pdf"


def cover_email(bundle: KeptBundle, school: School, sender: Author, *, locked: bool = True) -> str:
    """The e-mail with which a bundle is sent, subject first."""
    number = f" (DfE number {school.dfe_number})" if school.dfe_number else ""
    name = bundle_name(bundle.reference, bundle.referral, bundle.on, locked=locked)
    attached = (
        f"Attached is “{name}”: {count_words(bundle.pages, 'page', 'pages')}, of the record up to"
        f" {long_date(bundle.on)}, made on {long_date(bundle.made.date())}. The child’s name is in the file alone;"
        " please leave it out of your answer and write our reference instead."
    )
    secret = (
        "The file is locked with a password, which you will have from us by telephone, not by e-mail.",
        "",
    )
    lines: Sequence[str] = (
        f"Subject: {bundle.reference}, {school.name}",
        "",
        "Dear colleague,",
        "",
        f"{school.name}{number} sends you a referral: {bundle.title}. Our reference is {bundle.reference}.",
        attached,
        "",
        *(secret if locked else ()),
        "Please tell us that it came, under which reference you keep it, and who deals with it.",
        "",
        "With kind regards",
        sender.name,
        *((sender.position[:1].upper() + sender.position[1:],) if sender.position else ()),
        school.name,
    )
    return "\n".join(lines) + "\n"

"""Which pupil a row of an imported list means: by UPN, then admission number, then name and date of birth."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from desktop_app.domain.people import Pupil
from desktop_app.exchange.pupils_file import PupilLine


@dataclass(slots=True, eq=False)
class Known:
    """A pupil as the import leaves them. `stored` is None for one that the file brings; `row` and `line` are the
    first row that spoke of them."""

    pupil: Pupil
    stored: Pupil | None
    row: int = 0
    line: PupilLine | None = None


Reject = Callable[[str, str], None]
"""Rejects the row: the key of a column, and why."""


class Match:
    """The pupils in the book, and those of the rows taken so far."""

    def __init__(self, pupils: Iterable[Pupil]) -> None:
        self._by_upn: dict[str, Known] = {}
        self._by_number: defaultdict[str, list[Known]] = defaultdict(list)
        self._by_name: defaultdict[tuple[str, str, date], list[Known]] = defaultdict(list)
        for pupil in pupils:
            self.learn(Known(pupil, pupil))

    def learn(self, known: Known) -> None:
        """Find this pupil from now on by what is known of them."""
        pupil = known.pupil
        if pupil.upn:
            self._by_upn[pupil.upn] = known
        if pupil.admission_number and known not in self._by_number[pupil.admission_number.casefold()]:
            self._by_number[pupil.admission_number.casefold()].append(known)
        names = {(pupil.legal_surname, pupil.legal_forename), (pupil.surname, pupil.forename)}
        for surname, forename in names:
            key = (surname.casefold(), forename.casefold(), pupil.date_of_birth)
            if known not in self._by_name[key]:
                self._by_name[key].append(known)

    def find(self, line: PupilLine, reject: Reject, warn: Callable[[str], None]) -> Known | None:
        """The pupil a row means; None where it is a new one, or where the row was rejected."""
        numbered = self._by_number.get(line.admission_number.casefold(), []) if line.admission_number else []
        if line.upn and line.upn in self._by_upn:
            known = self._by_upn[line.upn]
            if numbered and known not in numbered:
                reject("admission_number", "This admission number is another pupil’s, not that of this UPN.")
            return known
        if len(numbered) > 1:
            reject("admission_number", "More than one pupil has this admission number; give the UPN.")
            return None
        if numbered:
            if _another(numbered[0].pupil, line):
                reject(
                    "admission_number", "This admission number is another pupil’s: name or date of birth do not agree."
                )
            return numbered[0]
        return self._by_names(line, reject, warn)

    def _by_names(self, line: PupilLine, reject: Reject, warn: Callable[[str], None]) -> Known | None:
        key = (line.legal_surname.casefold(), line.legal_forename.casefold(), line.date_of_birth)
        namesakes = self._by_name.get(key, [])
        same = [known for known in namesakes if not _other_upn(known.pupil.upn, line.upn)]
        if len(same) > 1:
            reject("upn", "More than one pupil has this name and date of birth; give the UPN or admission number.")
        elif namesakes and not same:
            warn("a pupil of the same name and date of birth has another UPN, so this was taken for another child")
        return same[0] if same else None


def _another(pupil: Pupil, line: PupilLine) -> bool:
    """Whether an admission number has come to another child: it must not turn one into another.

    Of surname, forename and date of birth one may be corrected; two make it somebody else, and so does one where the
    UPNs tell two children apart, as with twins."""
    differ = (
        (pupil.legal_surname.casefold() != line.legal_surname.casefold())
        + (pupil.legal_forename.casefold() != line.legal_forename.casefold())
        + (pupil.date_of_birth != line.date_of_birth)
    )
    return differ > 1 or (differ == 1 and _other_upn(pupil.upn, line.upn))


def _other_upn(stored: str, given: str) -> bool:
    """Whether the UPNs tell two children apart; a temporary one (a letter at its end) gives way to another."""
    return bool(stored and given) and stored != given and not stored[-1].isalpha()

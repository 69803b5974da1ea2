"""What a school must know of the daily sharing of attendance with the Department for Education.

Sources: Education (Information About Individual Pupils) (England) Regulations 2013 as amended in 2024: state-funded
schools share attendance data daily; SI 2024/208 asks registers and returns of independent schools too, not this.
"""

from __future__ import annotations

from desktop_app.domain.school import SchoolType

NOT_BOUND = frozenset({SchoolType.INDEPENDENT})
DUTY = (
    "Every state-funded school must share its attendance with the Department for Education each day, and this program, "
    "which is never online, cannot do that for you."
)
REGISTER_HERE = (
    "Ask the DfE’s attendance team how a school without an online system shares it, and put down what was agreed in "
    "the school’s own log; until then the duty is not met by what is kept here."
)
REGISTER_ELSEWHERE = (
    "The system that is your register must do it: let the DfE collect from it (“Share your daily school attendance "
    "data”), and look once a month whether it still does. Marks are brought in here besides."
)
INDEPENDENT = (
    "An independent school need not share its attendance with the Department for Education each day. The returns to "
    "the local authority are its duty all the same."
)
NON_MAINTAINED = (
    "Whether a non-maintained special school is asked for it is best checked with the DfE before you rely on this page."
)


def daily_sharing(kind: SchoolType, *, is_register: bool) -> str:
    """The duty and what to do, for a school of that type."""
    if kind in NOT_BOUND:
        return INDEPENDENT
    words = f"{DUTY} {REGISTER_HERE if is_register else REGISTER_ELSEWHERE}"
    return f"{words} {NON_MAINTAINED}" if kind is SchoolType.NON_MAINTAINED_SPECIAL else words

"""Which attendance service the school has bought: the authority’s own, another provider’s, or none. It decides which
steps and which form of referral the authority’s pack has for the school (Knowsley, Level 2)."""

from __future__ import annotations

from desktop_app.actions.case_reading import SERVICE, service_of
from desktop_app.actions.needs import needs
from desktop_app.context import Context
from desktop_app.domain.casework import Service
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.school import Setting


@needs(Right.OPEN)
def attendance_service(context: Context) -> Service | None:
    """Which it is; None where nobody has said, and every step is offered."""
    with context.store.reading() as reading:
        return service_of(reading.book)


@needs(Right.SETTINGS)
def change_attendance_service(context: Context, service: Service | None) -> tuple[bool, Changes]:
    """Say which it is from now on; whether anything was changed."""
    with context.store.writing(context.deed("attendance service")) as writing:
        if service_of(writing.book) is service:
            return False, Changes()
        writing.book.put(Setting(SERVICE, service.value if service else ""))
    return True, Changes(book=True)

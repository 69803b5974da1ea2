"""Working out what a referral would hold and lacks, for the view of it; of a child with much, beside the window."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence

from desktop_app.actions.bundle import plan_with_entries
from desktop_app.actions.cases import CaseRow
from desktop_app.domain.bundle import BundlePlan, BundleRequest
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Progress
from desktop_app.rules.chronology import ChronologyLine
from ui.cases.case_view import CaseView
from ui.runner import words_of
from ui.shell import Shell

MUCH = 300
"""Of a child with more entries than this the window does not wait for the plan of a bundle."""
Planned = tuple[BundleRequest, BundlePlan, Sequence[ChronologyLine]]


class Planning:
    """`opened` says which case of a child is open. Only the newest question is answered."""

    def __init__(self, shell: Shell, view: CaseView, opened: Callable[[int], CaseRow | None]) -> None:
        self._shell, self._view, self._opened = shell, view, opened
        self._asked_for: BundleRequest | None = None

    def plan(self) -> None:
        """Plan what the view asks for; nothing is drawn for it."""
        request = self._view.request()
        if request is None:
            return
        self._asked_for = request
        try:
            if self._has_much(request.pupil):
                self._view.header.set_subtitle("Reading the case …")
                work = self._planning(request)
                self._shell.runner.start(work, lambda _: None, self._planned, self._unplanned, quiet=True)
            else:
                self._planned((request, *plan_with_entries(self._shell.context, request)))
        except Refused as refused:
            self._view.show_refusal(str(refused))

    def _planning(self, request: BundleRequest) -> Generator[Progress, None, Planned]:
        yield Progress(0, 1, "Reading the case")
        return request, *plan_with_entries(self._shell.context, request)

    def _has_much(self, pupil: int) -> bool:
        with self._shell.context.store.reading() as reading:
            return len(reading.entries.of(pupil)) > MUCH

    def _planned(self, planned: Planned) -> None:
        request, plan, entries = planned
        if request is not self._asked_for:
            return  # something else was asked for meanwhile
        opened = self._opened(request.pupil)
        this_one = opened is not None and opened.referral == request.referral
        self._view.show_plan(plan, entries, opened.opened if opened is not None and this_one else None)

    def _unplanned(self, error: Exception) -> None:
        self._view.show_refusal(words_of(error))

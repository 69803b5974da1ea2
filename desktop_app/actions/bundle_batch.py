"""Many bundles in one go, each a file of its own in one folder: one is in memory at a time."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.actions.bundle import build_in, check_open_for_writing
from desktop_app.actions.needs import needs
from desktop_app.context import Context
from desktop_app.domain.bundle import BundleRequest
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Progress
from desktop_app.domain.rights import Right


@dataclass(frozen=True, slots=True)
class MadeFile:
    """One bundle of a batch: of whom, where it lies, its reference and pages, and how much it lacks."""

    pupil: int
    path: Path
    reference: str
    pages: int
    sha256: str
    lacks: int


@dataclass(frozen=True, slots=True)
class NotMade:
    """One that could not be made, and why."""

    pupil: int
    why: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What came of a batch."""

    made: tuple[MadeFile, ...]
    refused: tuple[NotMade, ...]


@needs(Right.WRITE_CASE)
def build_batch(context: Context, requests: Sequence[BundleRequest], folder: Path) -> Generator[Progress, None, Batch]:
    """Make a bundle for each request in that folder. One that is refused stops no other. A generator: closing it ends
    the batch; those made by then stay, whole and recorded, and nothing of the one at hand. Raises `Refused` where the
    folder is none, the disk is full, or the school is open to read only."""
    check_open_for_writing(context.store)
    if not folder.is_dir():
        raise Refused(f"There is no folder {folder}. Make it first, or choose another.")
    made: list[MadeFile] = []
    refused: list[NotMade] = []
    for number, request in enumerate(requests):
        said = f"Bundle {number + 1} of {len(requests)}"
        yield Progress(number, len(requests), said)
        try:
            made.append((yield from _one(context, request, folder, Progress(number, len(requests), said))))
        except Refused as why:
            if isinstance(why.__cause__, OSError):  # the folder takes no more: nor would it the next
                raise
            refused.append(NotMade(request.pupil, str(why)))
    yield Progress(len(requests), len(requests), "Done")
    return Batch(tuple(made), tuple(refused))


def _one(
    context: Context, request: BundleRequest, folder: Path, where: Progress
) -> Generator[Progress, None, MadeFile]:
    """One bundle; its bytes are let go as soon as they are on the disk."""
    work = build_in(context, request, folder)
    while True:
        try:
            step = next(work)
        except StopIteration as end:
            bundle, path = end.value
            lacks = len(bundle.missing)
            return MadeFile(request.pupil, path, bundle.reference, bundle.pages, bundle.sha256, lacks)
        yield Progress(where.done, where.total, f"{where.text}: {step.text}")

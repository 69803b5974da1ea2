"""Many bundles in one go: how ready each is, made one after the other (one is in memory at a time), and saved."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from desktop_app.actions.bundle import build_in, check_open_for_writing, make, plan
from desktop_app.actions.casefiles import referral_of
from desktop_app.actions.families import namable, read_families
from desktop_app.actions.frozen import again
from desktop_app.actions.needs import needs
from desktop_app.actions.own_children import check_children
from desktop_app.actions.roll import read_roll
from desktop_app.actions.saving import check_target, save
from desktop_app.context import Context
from desktop_app.domain.bundle import Bundle, BundleRequest, Finding
from desktop_app.domain.errors import Refused
from desktop_app.domain.people import Person, Pupil
from desktop_app.domain.progress import Progress
from desktop_app.domain.rights import Right
from desktop_app.ports import BookReading
from desktop_app.rules.bundle_words import bundle_name


@dataclass(frozen=True, slots=True)
class BatchLine:
    """One bundle that is asked for in a batch: of which child and, where it is made per parent, of which."""

    request: BundleRequest
    pupil: Pupil
    class_name: str
    parent: str


@dataclass(frozen=True, slots=True)
class BatchReady:
    """What one of a batch has and lacks, the titles of the parts that cannot be drawn (`without`), or why it cannot be
    made at all (`refused`)."""

    findings: tuple[Finding, ...]
    without: tuple[str, ...] = ()
    refused: str = ""


@dataclass(frozen=True, slots=True)
class MadeFile:
    """One bundle of a batch: what was asked for, where it lies (None: in the school alone), its reference and pages,
    and how much it lacks."""

    request: BundleRequest
    path: Path | None
    reference: str
    pages: int
    sha256: str
    lacks: int

    @property
    def name(self) -> str:
        """The name of its file, which names no child."""
        return bundle_name(self.reference, self.request.referral, self.request.on)


@dataclass(frozen=True, slots=True)
class NotMade:
    """One that could not be made, and why."""

    request: BundleRequest
    why: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What came of a batch."""

    made: tuple[MadeFile, ...]
    refused: tuple[NotMade, ...]


def _unheard(_: MadeFile | NotMade) -> None:
    """Nobody asked to be told of each."""


@needs(Right.READ_CASE)
def batch_lines(context: Context, pupils: Sequence[int], asked: BundleRequest) -> tuple[BatchLine, ...]:
    """A line for each child, in that order; where the referral is made per parent, one for each parent but those whom a
    court keeps from the child. `asked` says what is asked for of every one: its own child and parent do not matter.
    Raises `Refused` for an unknown child or referral."""
    with context.store.reading() as reading:
        roll = read_roll(reading.book)
        wanted = referral_of(context.pack(roll.school), asked.referral)
        if any(one not in roll.pupils for one in pupils):
            raise Refused("One of these children is not in this school’s book.")
        check_children(context, roll, pupils)
        parents = _parents(reading.book, pupils if wanted.per_parent else (), asked.on)
    lines: list[BatchLine] = []
    for key in dict.fromkeys(pupils):
        place = roll.place(key, asked.on)
        for parent in parents.get(key) or [None]:
            request = replace(asked, pupil=key, parent=parent.id if parent else None)
            name = parent.formal_name if parent else ""
            lines.append(BatchLine(request, roll.pupils[key], place.class_name if place else "", name))
    return tuple(lines)


def _parents(book: BookReading, pupils: Sequence[int], on: date) -> Mapping[int, Sequence[Person]]:
    """The parents of each child that day, in the order to call them."""
    families = read_families(book, on, pupils)
    named = {key: namable(book, [key]) for key in pupils}
    return {
        key: [card.person for card in families.of(key) if card.is_parent and card.person.id in named[key]]
        for key in pupils
    }


@needs(Right.READ_CASE)
def batch_ready(
    context: Context, requests: Sequence[BundleRequest]
) -> Generator[Progress, None, tuple[BatchReady, ...]]:
    """How ready each is, in that order. One that cannot be planned says why, and stops no other. Nothing is drawn and
    nothing recorded."""
    found: list[BatchReady] = []
    for number, request in enumerate(requests):
        yield Progress(number, len(requests), f"Reading case {number + 1} of {len(requests)}")
        try:
            planned = plan(context, request)
            without = tuple(part.title for part in planned.parts if not part.drawn)
            found.append(BatchReady(planned.findings, without))
        except Refused as why:
            found.append(BatchReady((), refused=str(why)))
    return tuple(found)


@needs(Right.WRITE_CASE)
def build_batch(
    context: Context,
    requests: Sequence[BundleRequest],
    folder: Path | None,
    done: Callable[[MadeFile | NotMade], object] = _unheard,
) -> Generator[Progress, None, Batch]:
    """Make a bundle for each request, in that folder or (None) in the school alone. One that is refused stops no other.
    A generator: closing it ends the batch; those made by then stay, whole and recorded, and nothing of the one at hand.
    `done` hears of each as it is made or refused, on the thread that pulls. Raises `Refused` where the folder is none,
    the disk is full, or the school is open to read only."""
    check_open_for_writing(context.store)
    if folder is not None:
        _check_folder(folder)
    made: list[MadeFile] = []
    refused: list[NotMade] = []
    for number, request in enumerate(requests):
        said = f"Bundle {number + 1} of {len(requests)}"
        yield Progress(number, len(requests), said)
        try:
            made.append((yield from _one(context, request, folder, Progress(number, len(requests), said))))
            done(made[-1])
        except Refused as why:
            if isinstance(why.__cause__, OSError):  # the folder takes no more: nor would it the next
                raise
            refused.append(NotMade(request, str(why)))
            done(refused[-1])
    yield Progress(len(requests), len(requests), "Done")
    return Batch(tuple(made), tuple(refused))


@needs(Right.READ_CASE)
def save_batch(
    context: Context, made: Sequence[MadeFile], folder: Path, done: Callable[[Path], object]
) -> Generator[Progress, None, tuple[Path, ...]]:
    """Put bundles that were made into a folder, as they are kept, each under its name, which names no child. None is
    written where one of the names is taken; closing it, or a full disk, leaves those that were saved by then, whole.
    `done` hears of each as it is saved. Raises `Refused`."""
    _check_folder(folder)
    targets = [folder / one.name for one in made]
    for target in targets:
        check_target(target)
    for number, (one, target) in enumerate(zip(made, targets, strict=True)):
        yield Progress(number, len(made), f"Saving {one.reference}")
        check_target(target)
        save(again(context, one.reference).content, target)
        done(target)
    return tuple(targets)


def _check_folder(folder: Path) -> None:
    if not folder.is_dir():
        raise Refused(f"There is no folder {folder}. Make it first, or choose another.")


def _one(
    context: Context, request: BundleRequest, folder: Path | None, where: Progress
) -> Generator[Progress, None, MadeFile]:
    """One bundle; its bytes are let go as soon as they are kept."""
    work = _kept(context, request) if folder is None else build_in(context, request, folder)
    while True:
        try:
            step = next(work)
        except StopIteration as end:
            bundle, path = end.value
            lacks = len(bundle.missing)
            return MadeFile(request, path, bundle.reference, bundle.pages, bundle.sha256, lacks)
        yield Progress(where.done, where.total, f"{where.text}: {step.text}")


def _kept(context: Context, request: BundleRequest) -> Generator[Progress, None, tuple[Bundle, None]]:
    """One that is kept in the school, and nowhere else yet."""
    return (yield from make(context, request)), None

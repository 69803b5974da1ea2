"""A bundle of a hundred pages with thirty exhibits against bare reportlab and pypdf of the same pages; checking a file
against hashing it; fifty bundles in a batch, and how much memory they take."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image
from pypdf import PdfReader, PdfWriter
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from desktop_app import paths, rulebook as rulebooks
from desktop_app.actions.frozen import verify_file
from desktop_app.documents.bundle import bind, lay_out
from desktop_app.documents.taken import TakenFile, take
from desktop_app.documents.type import load_type
from desktop_app.domain.entries import Attachment, Entry, EntryKind
from desktop_app.domain.exhibits import Exhibit
from desktop_app.domain.referrals import PartSpec
from desktop_app.rules.bundle import plan
from desktop_app.rules.casefile import CaseFile
from tests.benchmarks.bundle import bare
from tests.benchmarks.measure import Result, compare
from tests.support.long_case import HALE, long_case

EXHIBITS = 30
MOST_MEMORY = 500


def letter(number: int) -> bytes:
    """A letter of one or two pages, as a word processor saves it."""
    stream = BytesIO()
    canvas: Any = Canvas(stream, invariant=1)
    for page in range(1 + number % 2):
        for line in range(45):
            words = f"Letter {number}, page {page + 1}: we write about attendance, {line}"
            canvas.drawString(72, 780 - 15 * line, words)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def scan(number: int) -> bytes:
    """A letter as the scanner of an office saves it: a grey picture to a page, 150 dots an inch."""
    grain = random.Random(number).randbytes(620 * 877)
    picture = Image.frombytes("L", (620, 877), grain).resize((1240, 1754))
    jpeg = BytesIO()
    picture.save(jpeg, "JPEG", quality=70)
    stream = BytesIO()
    canvas: Any = Canvas(stream, invariant=1)
    for _ in range(1 + number % 2):
        canvas.drawImage(ImageReader(jpeg), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def with_exhibits(page: Callable[[int], bytes] = letter) -> tuple[CaseFile, dict[int, bytes]]:
    """The long case, with thirty letters kept as files."""
    file, _, _ = long_case(rulebooks.load(paths.resources()), 60)
    author = file.entries[0].author
    entries = [
        Entry(
            900 + number, EntryKind.LETTER, datetime(2027, 1, number % 28 + 1, 9), datetime(2027, 1, 30, 9), author,
            (1,), (1,), f"Letter {number}", "", {}, False, None, None,
        )
        for number in range(EXHIBITS)
    ]  # fmt: skip
    contents = {number + 1: page(number) for number in range(EXHIBITS)}
    files = [
        Attachment(
            key, entries[key - 1].id, f"letter-{key}.pdf", "application/pdf", sha256(data).hexdigest(), len(data)
        )
        for key, data in contents.items()
    ]
    parts = tuple(part for part in file.referral.parts if part.kind != "exhibits")
    referral = replace(file.referral, parts=(*parts, PartSpec("exhibits", "Exhibits")))
    return replace(file, referral=referral, entries=(*file.entries, *entries), files=tuple(files)), contents


def run(folder: Path, turns: int = 7) -> Result:
    """The program takes the files in, decides where everything goes, draws, numbers, bookmarks and indexes."""
    del folder
    file, contents = with_exhibits()
    planned = plan(file, HALE)
    _, _, stamp = long_case(file.rulebook, 1)
    type_ = load_type()

    def taken_in(exhibits: tuple[Exhibit, ...]) -> Mapping[int, TakenFile]:
        return {one.attachment.id: take(one, contents[one.attachment.id]) for one in exhibits}

    def program() -> Any:
        taken = taken_in(planned.exhibits)
        return bind(file, stamp, list(lay_out(file, planned, stamp, type_, taken)), type_, taken)

    taken = taken_in(planned.exhibits)
    pages = [page for part in lay_out(file, planned, stamp, type_, taken) for page in part.pages]
    order = [contents[one.attachment.id] for one in planned.exhibits]

    def floor() -> bytes:
        """Bare reportlab draws every page of ours; pypdf lays each foreign page on the one that waits for it."""
        writer = PdfWriter(clone_from=PdfReader(BytesIO(bare(pages))))
        foreign = [page for data in order for page in PdfReader(BytesIO(data)).pages]
        waiting = [number for number, page in enumerate(pages) if page.taken is not None]
        for number, page in zip(waiting, foreign, strict=True):
            writer.pages[number].merge_page(page)
        out = BytesIO()
        writer.write(out)
        return out.getvalue()

    what = f"a bundle with {EXHIBITS} exhibits, from facts and files to PDF"
    result = compare(what, "reportlab and pypdf, same pages", floor, program, 1.5, turns)
    result.more["pages"] = program().pages
    return result


def run_verify(folder: Path, turns: int = 31) -> Result:
    """Check a bundle of that size, its exhibits scanned, as it lies on the disk."""
    from tests.benchmarks.school import full_school

    file, contents = with_exhibits(scan)
    planned = plan(file, HALE)
    _, _, stamp = long_case(file.rulebook, 1)
    type_ = load_type()
    taken = {one.attachment.id: take(one, contents[one.attachment.id]) for one in planned.exhibits}
    content = bind(file, stamp, list(lay_out(file, planned, stamp, type_, taken)), type_, taken).content
    context, _ = full_school(folder / "verify.rollbook", 1)
    path = folder / "bundle.pdf"
    path.write_bytes(content)
    with context.store.writing(context.deed("issue bundle")) as writing:
        from desktop_app.domain.entries import NewEntry

        entry = writing.entries.add(NewEntry(EntryKind.BUNDLE, datetime(2026, 7, 1, 9), (1,), "RB-2026-0001"))
        writing.entries.attach(entry, "RB-2026-0001.pdf", "application/pdf", content)
    try:

        def floor() -> str:
            return sha256(path.read_bytes()).hexdigest()

        def program() -> object:
            return verify_file(context, path)

        result = compare(
            "checking such a bundle, its exhibits scanned", "SHA-256 of the file", floor, program, 1.2, turns
        )
        result.more["KB"] = len(content) // 1024
        return result
    finally:
        context.store.close()


def batch(folder: Path, number: int) -> dict[str, float | int]:
    """Make so many bundles of the demo school in a process of its own, and say how much memory it took at most."""
    asked = [sys.executable, "-m", "tests.benchmarks.evidence", str(folder), str(number)]
    done = subprocess.run(asked, check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def run_batch(folder: Path) -> Result:
    """Fifty bundles against five: the time of each is the same, and so is the memory."""
    few, many = batch(folder / "few", 5), batch(folder / "many", 50)
    floor, program = few["ms"] / few["made"], many["ms"] / many["made"]
    result = Result("a bundle of fifty in a batch", "one of five", floor, program, 1.5, 1)
    result.more.update({"MB at most": many["mb"], "MB of five": few["mb"], "made": many["made"]})
    if many["mb"] > MOST_MEMORY:
        raise AssertionError(f"{many['mb']} MB is more than {MOST_MEMORY}")
    return result


def _batch_here(folder: Path, number: int) -> None:
    """In this process: the demo school, its bundles, and the most memory there was."""
    import resource
    import time

    from db.house import House
    from db.keys import KdfCost
    from desktop_app.actions.bundle_batch import build_batch
    from desktop_app.actions.demo import make_demo
    from desktop_app.cli.answers import finish
    from desktop_app.context import signed_in
    from desktop_app.domain.bundle import BundleRequest
    from desktop_app.domain.people import Pupil
    from tests.support.clock import StillClock

    folder.mkdir(parents=True)
    rules, clock = rulebooks.load(paths.resources()), StillClock(datetime(2026, 11, 20, 16, 0))
    cheap = House(kdf=KdfCost(memory_kib=64, passes=1, lanes=1))
    demo = make_demo(cheap, folder / "demo.rollbook", rules, pupils=120, years=3, today=date(2026, 11, 20), clock=clock)
    context = signed_in(finish(demo).store, rules, clock)
    with context.store.reading() as reading:
        day = context.today()
        pupils = [one.id for one in reading.book.all(Pupil) if one.on_roll(day)][:number]
        wanted = next(one for one in context.pack(reading.book.school()).referrals if not one.per_parent)
    requests = [BundleRequest(one, wanted.key, day, date(2026, 9, 1), day) for one in pupils]
    began = time.perf_counter()
    made = finish(build_batch(context, requests, folder))
    ms = (time.perf_counter() - began) * 1000
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    context.store.close()
    print(json.dumps({"ms": ms, "made": len(made.made), "refused": len(made.refused), "mb": most}))


if __name__ == "__main__":
    _batch_here(Path(sys.argv[1]), int(sys.argv[2]))

"""Importing six years of marks for 420 pupils, against bare executemany into the same tables."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

from desktop_app.actions.import_marks import import_marks
from tests.benchmarks.measure import Result, timed
from tests.benchmarks.school import PUPILS, bare, empty_school, marks, upn

YEARS = 6
MOST_MB = 400
HISTORY = (
    "INSERT INTO mark_history (seq, link, pupil, day, half, code, minutes, note, reason, source, amends)"
    " VALUES (?, 1, ?, ?, ?, ?, NULL, '', '', 'import', 0)"
)
CURRENT = "INSERT INTO mark (pupil, day, half, code, minutes, note) VALUES (?, ?, ?, ?, NULL, '')"


def write_file(path: Path, years: int) -> int:
    """The marks as a school would export them; returns how many."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["UPN", "Date", "Session", "Code"])
        days: dict[date, str] = {}
        rows = 0
        for pupil, day, half, code in marks(years, list(range(PUPILS))):
            writer.writerow([upn(pupil), days.setdefault(day, day.isoformat()), half.value, code])
            rows += 1
    return rows


def run(folder: Path, turns: int = 3) -> Result:
    """Floor and program take turns, each in a store of its own and each in a process of its own, for its memory."""
    source = folder / "marks6.csv"
    rows = write_file(source, YEARS)
    floors: list[float] = []
    programs: list[float] = []
    peaks: list[float] = []
    for turn in range(turns):
        floors.append(_in_process("floor", folder / f"floor{turn}.rollbook", source)[0])
        took, peak = _in_process("program", folder / f"program{turn}.rollbook", source)
        programs.append(took)
        peaks.append(peak)
    return Result(
        "import of 957,600 marks from CSV",
        "executemany, same tables",
        sorted(floors)[turns // 2],
        sorted(programs)[turns // 2],
        3.0,
        turns,
        {"marks": rows, "peak_mb": round(max(peaks)), "most_mb": MOST_MB},
    )


def _in_process(which: str, path: Path, source: Path) -> tuple[float, float]:
    command = [sys.executable, "-m", "tests.benchmarks.importing", which, str(path), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=dict(os.environ))
    took, peak = done.stdout.split()
    return float(took), float(peak)


def _floor(path: Path) -> float:
    context, pupils = empty_school(path, YEARS)
    context.store.close()
    rows = [(pupil, day.toordinal(), half.ordinal, code) for pupil, day, half, code in marks(YEARS, pupils)]
    connection = bare(path)

    def write() -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(HISTORY, ((number, *row) for number, row in enumerate(rows, 1)))
        connection.executemany(CURRENT, rows)
        connection.execute("COMMIT")

    took = timed(write)
    connection.close()
    return took


def _program(path: Path, source: Path) -> float:
    context, _ = empty_school(path, YEARS)

    def bring_in() -> None:
        job = import_marks(context, source, dry_run=False)
        while True:
            try:
                next(job)
            except StopIteration as end:
                report: Any = end.value
                break
        if not report.clean or report.added != YEARS * 190 * 2 * PUPILS:
            raise RuntimeError(f"the import did not go as it should: {report.rejected[:3]} {report.added}")

    took = timed(bring_in)
    context.store.close()
    return took


def _peak_mb() -> float:
    import resource  # not on Windows, so not at the top

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    spent = _floor(Path(sys.argv[2])) if sys.argv[1] == "floor" else _program(Path(sys.argv[2]), Path(sys.argv[3]))
    print(spent, _peak_mb())

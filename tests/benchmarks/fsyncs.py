"""How often a save makes the disk write through, counted from outside: on an office PC that is what a save costs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from desktop_app.actions.register import write
from tests.benchmarks.saving import bare_save, bare_table, registers
from tests.benchmarks.school import bare, empty_school

FEW, MANY = 2, 12


def count(which: str) -> int | None:
    """The write-throughs of one save of 30 marks by `floor` or `program`; None where no strace can count them."""
    if shutil.which("strace") is None:
        return None
    return (_counted(which, MANY) - _counted(which, FEW)) // (MANY - FEW)


def _counted(which: str, saves: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder) / "trace"
        counting = ["strace", "-f", "-e", "trace=fsync,fdatasync", "-o", str(trace)]
        child = [sys.executable, "-m", "tests.benchmarks.fsyncs", which, str(saves), folder]
        subprocess.run([*counting, *child], check=True, capture_output=True, env=dict(os.environ))
        return sum("sync(" in line for line in trace.read_text(encoding="utf-8").splitlines())


def _save(which: str, saves: int, folder: Path) -> None:
    context, pupils = empty_school(folder / "fsyncs.rollbook", 1)
    if which == "program":
        supply = registers(pupils)
        for _ in range(saves):
            write(context, next(supply))
    else:
        connection = bare(context.store.path)
        bare_table(connection)
        for _ in range(saves):
            bare_save(connection, [(pupil, 739_000, 0, "/") for pupil in pupils[:30]])
        connection.close()
    context.store.close()


if __name__ == "__main__":
    _save(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))

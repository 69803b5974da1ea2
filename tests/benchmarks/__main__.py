"""All the comparisons: `python -m tests.benchmarks [--only NAME …] [--json FILE] [--markdown FILE]`."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.benchmarks import (
    bundle,
    case,
    desk,
    evidence,
    figures,
    fsyncs,
    importing,
    keypress,
    letters,
    pack,
    reports,
    saving,
    starting,
    today_page,
    watching,
    week,
)
from tests.benchmarks.measure import Result


def with_fsyncs(result: Result) -> Result:
    """The result with the write-throughs of one save beside it, where they can be counted."""
    ours, floor = fsyncs.count("program"), fsyncs.count("floor")
    if ours is not None and floor is not None:
        result.more.update({"fsyncs": ours, "of the bare commit": floor})
    return result


COMPARISONS: Mapping[str, Callable[[Path], Result]] = {
    "figures": lambda folder: figures.run(folder, 1),
    "figures-6": lambda folder: figures.run(folder, 6),
    "saving": lambda folder: with_fsyncs(saving.run(folder, 1)),
    "saving-6": lambda folder: saving.run(folder, 6),
    "keypress": keypress.run,
    "week": week.run,
    "desk": desk.run,
    "importing": importing.run,
    "bundle": bundle.run,
    "bundle-exhibits": evidence.run,
    "bundle-verify": evidence.run_verify,
    "bundle-batch": evidence.run_batch,
    "case": case.run,
    "letters": letters.run,
    "letters-logged": letters.run_logged,
    "pack": pack.run,
    "roll-call": pack.run_roll_call,
    "today": today_page.run,
    "due": watching.run,
    "threshold": watching.run_threshold,
    "due-slope": watching.run_slope,
    **{f"report-{key}": lambda folder, key=key: reports.run(folder, key) for key in reports.KEYS},
    "starting": starting.run,
}


def machine() -> str:
    """The machine in one line, without its name."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def table(results: list[Result]) -> str:
    """The results as a table of Markdown."""
    lines = [
        "| what | floor | floor, ms | Rollbook, ms | ratio | at most | over? | besides |",
        "| --- | --- | ---: | ---: | ---: | ---: | --- | --- |",
    ]
    for one in results:
        more = ", ".join(f"{name} {value}" for name, value in one.more.items())
        lines.append(
            f"| {one.name} | {one.floor_is} | {one.floor_ms:.2f} | {one.program_ms:.2f} | "
            f"{one.ratio:.2f} | {one.most:g} | {'' if one.held else '**over**'} | {more} |"
        )
    return "\n".join(lines)


def main() -> int:
    """Run the comparisons asked for; exit code 1 where a ratio passed its bound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", choices=list(COMPARISONS), default=list(COMPARISONS))
    parser.add_argument("--json", type=Path)
    parser.add_argument("--markdown", type=Path)
    asked = parser.parse_args()
    results: list[Result] = []
    with tempfile.TemporaryDirectory() as folder:
        for name in asked.only:
            print(f"{name} …", file=sys.stderr, flush=True)
            results.append(COMPARISONS[name](Path(folder)))
    when = f"{datetime.now(UTC):%Y-%m-%d}"
    print(table(results))
    if asked.json:
        value = [{**asdict(one), "ratio": one.ratio, "held": one.held} for one in results]
        text = json.dumps({"machine": machine(), "date": when, "results": value}, indent=1)
        asked.json.write_text(text, encoding="utf-8")
    if asked.markdown:
        asked.markdown.write_text(f"Measured {when} on {machine()}.\n\n{table(results)}\n", encoding="utf-8")
    return 0 if all(one.held for one in results) else 1


if __name__ == "__main__":
    sys.exit(main())

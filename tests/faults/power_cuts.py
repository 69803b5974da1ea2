"""Power cuts by record and replay: the unmodified program runs once under strace; from what it wrote, truncated and
forced to the disk, the files are made as a cut at any moment may have left them.

The model: what was forced is there; of what was not, each write may be there, missing or torn at 512 bytes, each
truncation there or missing, and a file just made may be missing until its folder was forced. It is the model of a
journalled file system on a disk that honours a flush. Files taken away are not modelled: the store takes none away.
"""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

SECTOR = 512
_CALL = re.compile(r"^(?:\d+\s+)?(\w+)\((.*)\)\s+= (\d+)")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_TRACED = "openat,close,pwrite64,write,ftruncate,fsync,fdatasync"


@dataclass(frozen=True)
class Event:
    """One call that matters: what it did, to which path, and its data, offset or size."""

    kind: str
    path: str = ""
    data: bytes = b""
    number: int = 0


def record(command: list[str], trace: Path, environment: dict[str, str]) -> list[Event]:
    """Run a program to its end under strace and return what it did to files, in order."""
    strace = ["strace", "-f", "-xx", "-s", "1000000", "-e", f"trace={_TRACED}", "-o", str(trace)]
    subprocess.run([*strace, *command], check=True, env=environment, capture_output=True)
    with trace.open() as lines:
        return list(_events(lines))


def _events(lines: Iterable[str]) -> Iterator[Event]:
    paths: dict[str, str] = {}
    for line in lines:
        found = _CALL.match(line)
        if found is None:
            continue
        call, arguments, result = found.groups()
        handle = arguments.split(",", 1)[0]
        text = _TEXT.search(arguments)
        data = bytes.fromhex(text.group(1).replace("\\x", "")) if text else b""
        if call == "openat":
            paths[result] = data.decode()
            if "O_CREAT" in arguments:
                yield Event("make", paths[result])
        elif call == "close":
            paths.pop(handle, None)
        elif call == "write" and handle == "1":
            yield Event("say", data=data)
        elif call == "pwrite64":
            yield Event("write", paths.get(handle, ""), data, int(arguments.rsplit(",", 1)[1]))
        elif call == "ftruncate":
            yield Event("truncate", paths.get(handle, ""), number=int(arguments.rsplit(",", 1)[1]))
        elif call in ("fsync", "fdatasync"):
            yield Event("force", paths.get(handle, ""))


@dataclass
class Disk:
    """One file as it is on the disk, and what was done to it since it was last forced there. `named`: whether the
    folder that names it was forced since it was made."""

    named: bool
    forced: bytearray
    waiting: list[Event] = field(default_factory=list[Event])

    def after_a_cut(self, chance: random.Random) -> bytes | None:
        """What a cut may leave of it; None: no such file."""
        if not self.named and chance.random() < 0.5:
            return None
        content = bytearray(self.forced)
        for event in self.waiting:
            fate = chance.random()
            if event.kind == "truncate":
                if fate < 0.5:
                    _resize(content, event.number)
            elif fate < 0.75:
                _put(content, event, chance if fate < 0.25 else None)
        return bytes(content)


def _resize(content: bytearray, size: int) -> None:
    del content[size:]
    content.extend(bytes(size - len(content)))


def _put(content: bytearray, event: Event, torn: random.Random | None) -> None:
    """A write, or, torn, some sectors of it."""
    if len(content) < event.number:
        _resize(content, event.number)
    for start in range(0, len(event.data), SECTOR):
        if torn is None or torn.random() < 0.5:
            part = event.data[start : start + SECTOR]
            place = event.number + start
            if len(content) < place:
                _resize(content, place)
            content[place : place + len(part)] = part


def cut(events: list[Event], at: int, before: dict[str, bytes], seed: int) -> tuple[dict[str, bytes], int]:
    """The files of `before` (by path) after a cut that follows `at` events, and the last number said by then."""
    chance = random.Random(seed)
    disks = {path: Disk(True, bytearray(content)) for path, content in before.items()}
    said = 0
    for event in events[:at]:
        if event.kind == "say":
            said = int(event.data)
        elif event.kind == "force" and any(Path(path).parent == Path(event.path) for path in disks):
            for path, disk in disks.items():
                disk.named = disk.named or Path(path).parent == Path(event.path)
        elif _ours(event.path, before):
            _happen(disks.setdefault(event.path, Disk(False, bytearray())), event)
    left = {path: disk.after_a_cut(chance) for path, disk in disks.items()}
    return {path: content for path, content in left.items() if content is not None}, said


def _ours(path: str, before: dict[str, bytes]) -> bool:
    return path in before or path.removesuffix("-journal") in before


def _happen(disk: Disk, event: Event) -> None:
    if event.kind == "force":
        for waiting in disk.waiting:
            if waiting.kind == "truncate":
                _resize(disk.forced, waiting.number)
            else:
                _put(disk.forced, waiting, None)
        disk.waiting.clear()
    elif event.kind in ("write", "truncate"):
        disk.waiting.append(event)

"""What is half typed in the log form, kept in the store while it is typed: a crash loses nothing of it but the files,
which are named so that they can be chosen again. What is restricted is sealed there as the entry will be."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

from PySide6.QtCore import QEvent, QObject, QTimer

from desktop_app.domain.entries import EntryKind
from desktop_app.domain.errors import Refused
from desktop_app.ports import Store
from ui.log.draft import Draft
from ui.shell import Shell

SOON = 400
"""How long after a key the draft lies in the store, in milliseconds: no key waits for a file that is being written."""
SEALED = "sealed:"
"""Before a draft that the second key has sealed."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A draft that was kept, and the files that went with it and are to be chosen again."""

    draft: Draft
    lost: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """What the form says of it."""
        files = f" Choose these files again: {', '.join(self.lost)}." if self.lost else ""
        return f"Your draft, as you left it.{files}"


def log_place(key: Sequence[int]) -> str:
    """Where the draft about some children lies in the store."""
    return f"log {' '.join(map(str, key))}"


def content_of(store: Store, draft: Draft, likely: Mapping[str, str] | None = None) -> str:
    """The draft as it is kept; empty where nothing would be lost, or it may not be kept as it stands. `likely` is what
    the form itself put into its fields."""
    if not draft.is_begun(likely or {}) or (draft.restricted and not store.opens_sealed):
        return ""
    typed = asdict(draft) | {
        "persons": sorted(draft.persons),
        "also": sorted(draft.also),
        "files": [one.name for one in draft.files],
        "details": dict(draft.details),
    }
    text = json.dumps(typed, ensure_ascii=False)
    return f"{SEALED}{store.seal(text)}" if draft.restricted else text


def read_kept(store: Store, content: str) -> Kept | None:
    """The draft that was kept; None where there is none, it is of another make, or sealed for whoever reads."""
    text = store.unseal(content.removeprefix(SEALED)) if content.startswith(SEALED) else content
    try:
        typed = json.loads(text) if text else None
        if not typed:
            return None
        lost = tuple(typed.pop("files"))
        sets = {key: frozenset(typed[key]) for key in ("persons", "also")}
        return Kept(Draft(**{**typed, **sets, "kind": EntryKind(typed["kind"])}), lost)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


class DraftKeeper(QObject):
    """Keeps the draft of an open form a moment after it changed. `draft` is the form as it stands, `place` where it
    belongs, `likely` what the form itself put into it; what stands there already is not written again."""

    def __init__(
        self,
        shell: Shell,
        parent: QObject,
        draft: Callable[[], Draft],
        place: Callable[[], Sequence[int]],
        likely: Callable[[], Mapping[str, str]],
    ) -> None:
        super().__init__(parent)
        self._shell = shell
        self._draft = draft
        self._place = place
        self._likely = likely
        self._last: Draft | None = None
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self.keep)
        parent.installEventFilter(self)

    def read(self) -> Kept | None:
        """What is half typed about these children: as the window has it, else as it was kept."""
        known = self._shell.drafts.get(tuple(self._place()))
        if isinstance(known, Draft):
            return Kept(known)
        store = self._shell.context.store
        return read_kept(store, store.drafts.get(log_place(self._place())))

    def shown(self) -> None:
        """The form was filled: from here on what changes is kept."""
        self._soon.stop()
        self._last = self._draft()

    def soon(self) -> None:
        """Something changed."""
        if self._last is not None and not self._soon.isActive():
            self._soon.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The form goes out of sight (another place, the gate, the end): what waits is kept while it can be."""
        if event.type() == QEvent.Type.Hide and self._soon.isActive():
            self.keep()
        return super().eventFilter(watched, event)

    def keep(self) -> None:
        """Keep the form as it stands, where it is not what was kept last."""
        self._soon.stop()
        draft = self._draft()
        if self._last is None or draft == self._last:
            return
        if self._write(content_of(self._shell.context.store, draft, self._likely())):
            self._last = draft

    def forget(self) -> None:
        """It was saved: nothing is half typed any more."""
        self._soon.stop()
        self._last = None
        self._shell.drafts.pop(tuple(self._place()), None)
        if self._shell.context.store.drafts.get(log_place(self._place())):
            self._write("")

    def _write(self, content: str) -> bool:
        context = self._shell.context
        try:
            context.store.drafts.keep(log_place(self._place()), content, context.clock())
        except Refused as refused:
            self._shell.say(str(refused), alarm=True)
            return False
        return True

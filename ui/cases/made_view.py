"""The bundles that were made of a child, the newest first: opened again as they were, what changed since, and sent."""

from __future__ import annotations

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.actions.frozen import bundles_of
from desktop_app.actions.sent import sent_of
from desktop_app.actions.since import changed_since
from desktop_app.context import Context
from desktop_app.domain.frozen import KeptBundle, Since
from desktop_app.domain.progress import Progress
from desktop_app.domain.sending import Sent
from desktop_app.rules.bundle_words import bundle_name
from desktop_app.rules.display import clock_time, date_year, long_date
from desktop_app.rules.session_lists import count_words
from ui.case_keys import MADE
from ui.cases.deed_panel import WIDTH as PANEL, DeedPanel
from ui.cases.going_out import GoingOut
from ui.cases.said_cards import WordsCard
from ui.keys import hints
from ui.parts.buttons import Button
from ui.parts.card import Card
from ui.parts.chip import chip_size, chip_text, paint_tag
from ui.parts.empty import EmptyState
from ui.parts.header import PageHeader
from ui.parts.hints import KeyHints
from ui.parts.lines import PAD, Index, LineDelegate, LinesModel, OpeningView
from ui.parts.progress import ProgressStrip
from ui.runner import Job, words_of
from ui.shell import Shell
from ui.theme import Theme
from ui.tokens import TextRole, Tone

NARROW = 760
SINCE, LEAST = 360, 360
SAME = "Nothing: made again, it would say the same."


@dataclass(frozen=True, slots=True)
class MadeLine:
    """A bundle that was made, and where it went."""

    kept: KeptBundle
    sent: tuple[Sent, ...]


class MadeModel(LinesModel[MadeLine]):
    """Bundles as lines."""

    def __init__(self) -> None:
        super().__init__(("Sent", "Bundle"))

    def text(self, line: MadeLine, column: int) -> str:
        return state_of(line)[0] if column == 0 else f"{line.kept.reference} · {line.kept.title}"

    def spoken(self, line: MadeLine) -> str:
        return f"{state_of(line)[0]}: {line.kept.reference}, {line.kept.title}. {under(line)}"


def state_of(line: MadeLine) -> tuple[str, Tone]:
    """Whether it was sent, in a word with its shape."""
    return ("Sent", Tone.GOOD) if line.sent else ("Kept", Tone.PLAIN)


def under(line: MadeLine) -> str:
    """When it was made, of what, and where it went."""
    kept = line.kept
    made = f"made {date_year(kept.made.date())} at {clock_time(kept.made)} by {kept.entry.author.name}"
    of = f"record up to {long_date(kept.on)} · {count_words(kept.pages, 'page', 'pages')} · {made}"
    went = [f"Went {date_year(one.on)} {one.says}." for one in line.sent]
    return "\n".join((f"{of[:1].upper()}{of[1:]}", *went))


class MadeList(OpeningView):
    """A chip and what it is to each bundle."""

    def __init__(self, theme: Theme, model: MadeModel) -> None:
        super().__init__(theme, model, "Bundles made")
        self.setItemDelegate(_MadeDelegate(self))

    def widths(self) -> Mapping[int, int]:
        words = (("Sent", Tone.GOOD), ("Kept", Tone.PLAIN))
        widest = max(chip_size(self.theme, chip_text(said, self.theme.tone(tone))).width() for said, tone in words)
        return {0: widest + 2 * PAD, 1: max(160, self.viewport().width() - widest - 2 * PAD)}


class _MadeDelegate(LineDelegate[MadeLine]):
    def paint_cell(self, painter: QPainter, area: QRect, line: MadeLine, index: Index) -> None:
        if index.column() == 0:
            words, tone = state_of(line)
            paint_tag(painter, area, self._theme, words, self._theme.tone(tone))
        else:
            title = f"{line.kept.reference} · {line.kept.title}"
            used = self.write(painter, area, title, TextRole.STRONG, "ink")
            self.write(painter, area.adjusted(0, used, 0, 0), under(line), TextRole.BODY, "second")

    def height(self, line: MadeLine, column: int) -> int:
        del column
        room = self.room(1)
        title = f"{line.kept.reference} · {line.kept.title}"
        return self.tall(TextRole.STRONG, title, room) + self.tall(TextRole.BODY, under(line), room)


class MadeView(QWidget):
    """Letters act on the bundle of the current line."""

    opened = Signal(object)
    """This kept bundle is to be shown again."""
    left = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        theme = shell.theme
        self._shell = shell
        self.pupil, self._name = 0, ""
        self.header = PageHeader(theme)
        self.strip = ProgressStrip(theme)
        self.model = MadeModel()
        self.list = MadeList(theme, self.model)
        self.empty = EmptyState(theme, "folder", "No bundle was made of this child yet", "B at a referral makes one.")
        self.since = WordsCard(theme, "Changed since", "C: what changed in the record since it was made.")
        self.panel = DeedPanel(shell)
        self.going_out = GoingOut(shell, self, self.strip)
        self._job: Job | None = None
        self._build()
        self.setMinimumWidth(LEAST)  # what stands at the side gives way before the window does
        self.list.opened.connect(lambda line: self.opened.emit(line.kept))
        self.list.selectionModel().currentRowChanged.connect(lambda *_: self._forget())
        self.panel.closed.connect(self._make_room)

    def show_child(self, pupil: int, name: str) -> None:
        """Read the bundles of a child."""
        row = self.list.currentIndex().row() if pupil == self.pupil else 0
        self.pupil, self._name = pupil, name
        sent = sent_of(self._shell.context, pupil)
        lines = [MadeLine(one, sent.get(one.reference, ())) for one in bundles_of(self._shell.context, pupil)]
        self.model.show_lines(lines)
        self.header.set_title(f"{name} · bundles made")
        self.header.set_subtitle(f"{count_words(len(lines), 'bundle', 'bundles')}, each kept as it was made")
        self.list.setVisible(bool(lines))
        self.empty.setVisible(not lines)
        if lines:
            self.list.setCurrentIndex(self.model.index(min(max(row, 0), len(lines) - 1), 0))
        self._forget()

    def again(self) -> None:
        """Read the same child's again."""
        if self.pupil:
            self.show_child(self.pupil, self._name)

    def first_focus(self) -> QWidget:
        """The list; where it is empty, the view, which knows Esc."""
        return self.list if self.model.rowCount() else self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        line = self.model.line(self.list.currentIndex().row())
        letter = event.text().upper() if not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier else ""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif line is not None and letter == "C":
            self._ask_since(line.kept)
        elif line is not None and letter == "S":
            self._ask_sent(line)
        elif line is not None and letter == "K":
            kept = line.kept
            name = bundle_name(kept.reference, kept.referral, kept.on, locked=True)
            self.panel.open_form(self.going_out.locked(kept.reference, name, lambda: None))
            self._make_room()
        elif line is not None and letter == "E":
            self.going_out.copy_email(line.kept.reference)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _ask_sent(self, line: MadeLine) -> None:
        reference = line.kept.reference
        form = self.going_out.given(line.sent[-1], self._later) if line.sent else None
        self.panel.open_form(form or self.going_out.sent(reference, self._later))
        self._make_room()

    def _later(self) -> None:
        """Nothing: what is announced reads the list again."""

    def _ask_since(self, kept: KeptBundle) -> None:
        if self._job is not None:
            return
        self.since.set_title(f"Changed since {kept.reference}")
        self.since.show_words([("Looking …", "", False)])
        self._job = self._shell.runner.start(
            _since(self._shell.context, kept.reference), lambda _: None, self._show_since, self._not_since, self._end,
            quiet=True,
        )  # fmt: skip

    def _show_since(self, found: Sequence[Since]) -> None:
        self._end()
        self.since.show_words([(one.says, "", False) for one in found] or [(SAME, "", False)])
        said = count_words(len(found), "thing is", "things are") + " otherwise" if found else SAME
        self._shell.say(said)

    def _not_since(self, error: Exception) -> None:
        self._end()
        self.since.show_words([(words_of(error), "", False)])
        self._shell.say(words_of(error), alarm=True)

    def _end(self) -> None:
        self._job = None

    def _forget(self) -> None:
        """Another bundle is the current one: what was said of the former goes."""
        if self._job is None:
            self.since.set_title("Changed since")
            self.since.show_words([])

    def _make_room(self) -> None:
        taken = PANEL if not self.panel.isHidden() else 0
        self.since.setVisible(not taken and self.width() >= NARROW)
        self._card.setVisible(not taken or self.width() >= NARROW + PANEL)

    def _build(self) -> None:
        theme = self._shell.theme
        back = Button(theme, "Back", key="Esc", bind=False)
        back.clicked.connect(self.left)
        self.header.add_action(back)
        self._card = Card(theme, flush=True)
        self._card.body.addWidget(self.list, 1)
        self._card.body.addWidget(self.empty, 1)
        self.since.setFixedWidth(SINCE)
        row = QHBoxLayout()
        row.setSpacing(theme.space(3))
        row.addWidget(self._card, 1)
        row.addWidget(self.since)
        row.addWidget(self.panel)
        column = QVBoxLayout(self)
        side = theme.space(5)
        column.setContentsMargins(side, side, side, theme.space(2))
        column.setSpacing(theme.space(3))
        column.addWidget(self.header)
        column.addWidget(self.strip)
        column.addLayout(row, 1)
        column.addWidget(KeyHints(theme, hints(MADE)))


def _since(context: Context, reference: str) -> Generator[Progress, None, tuple[Since, ...]]:
    """What changed, as work beside the window."""
    yield Progress(0, 1, "Looking")
    return changed_since(context, reference)

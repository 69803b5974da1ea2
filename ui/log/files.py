"""The files that go with an entry: chosen by a button or dropped, each looked at before it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.actions.attachments import NewFile, files_kept, read_files
from desktop_app.domain.errors import Refused
from desktop_app.rules.attachments import too_many
from desktop_app.rules.file_names import doubled
from ui.parts.buttons import Button, IconButton
from ui.parts.text import ElidedLabel, Label
from ui.theme import Theme
from ui.tokens import TextRole


class FilesBox(QWidget):
    """The chosen files with a button for more. What cannot be kept is refused in words, and nothing of it is taken."""

    changed = Signal()
    refused = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.files: tuple[NewFile, ...] = ()
        self._lines: list[QWidget] = []
        self._removers: list[QWidget] = []
        self.add_button = Button(theme, "Add files …")
        self.add_button.clicked.connect(self.ask)
        hint = Label(theme, "or drop them here", TextRole.SECONDARY, "second")
        row = QHBoxLayout()
        row.setSpacing(theme.space(2))
        row.addWidget(self.add_button)
        row.addWidget(hint)
        row.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.space(1))
        self._column.addLayout(row)

    def ask(self) -> None:
        """Ask which files."""
        chosen, _kind = QFileDialog.getOpenFileNames(self, "Files for this entry", "", kept_filter())
        if chosen:
            self.add([Path(one) for one in chosen])

    def add(self, paths: Sequence[Path]) -> None:
        """Look at these and take them, all or none."""
        try:
            together = (*self.files, *read_files(paths))
            if len(together) > files_kept().most:
                raise Refused(too_many(len(together), files_kept()))
            twice = doubled([one.name for one in together])
            if twice is not None:
                raise Refused(f"“{twice}” is there already. Rename one of them.")
        except Refused as refused:
            self.refused.emit(str(refused))
            return
        self.show_files(together)
        self.changed.emit()

    def show_files(self, files: Sequence[NewFile]) -> None:
        """Let these be the chosen ones."""
        self.files = tuple(files)
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines, self._removers = [], []
        for one in self.files:
            line = self._line(one)
            self._lines.append(line)
            self._column.addWidget(line)
            line.show()

    def stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        return [self.add_button, *self._removers]

    def _line(self, one: NewFile) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        words = ElidedLabel(self._theme, file_words(one.name, one.media_type, len(one.content)))
        words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        words.setToolTip(one.name)
        remove = IconButton(self._theme, "close", f"Leave {one.name} out", key="")
        remove.clicked.connect(lambda: self._remove(one))
        row.addWidget(words, 1)
        row.addWidget(remove)
        self._removers.append(remove)
        return line

    def _remove(self, one: NewFile) -> None:
        self.add_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.show_files([other for other in self.files if other is not one])
        self.changed.emit()


def file_words(name: str, media_type: str, size: int) -> str:
    """A file on one line: its name, what it is and how large."""
    kind = files_kept().types.get(media_type)
    large = f"{size / 1_048_576:.1f} MB" if size >= 1_048_576 else f"{max(1, round(size / 1024))} KB"
    return " · ".join(part for part in (name, kind.title if kind else "", large) if part)


def kept_filter() -> str:
    """The types that are kept, as the dialogue that asks for files names them."""
    endings = (f"*.{ending}" for one in files_kept().types.values() for ending in one.endings)
    return f"Files that are kept ({' '.join(endings)})"


def dropped(data: QMimeData) -> list[Path]:
    """The files on this computer that are being dropped."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]

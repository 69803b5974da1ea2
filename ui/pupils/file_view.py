"""A kept file shown inside the window: the pages of a PDF, a picture, text as text. Nothing is ever run."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QImageReader
from PySide6.QtWidgets import QStackedLayout, QWidget

from desktop_app.actions.attachments import KeptFile, files_kept
from desktop_app.rules.attachments import PDF, TEXT
from ui.cases.pdf import PdfPages
from ui.cases.sheet import PageSheet
from ui.parts.empty import EmptyState
from ui.parts.inputs import NoteEdit
from ui.theme import Theme

MOST_TEXT = 400_000
"""So many letters of a text are shown; the copy has them all."""
MOST_ACROSS = 4_000
"""A picture is held no larger than this either way, in pixels: enough to read a page."""


class PicturePages:
    """A picture as one page, a point for each of its pixels."""

    def __init__(self, image: QImage, name: str) -> None:
        self._image = image
        self._name = name

    def __len__(self) -> int:
        return 1

    def size(self, number: int) -> QSizeF:
        """Width and height."""
        del number
        return QSizeF(self._image.size())

    def image(self, number: int, scale: float) -> QImage:
        """The picture, larger or smaller."""
        del number
        size = (QSizeF(self._image.size()) * scale).toSize().expandedTo(QSize(1, 1))
        return self._image.scaled(
            size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )

    def text(self, number: int) -> str:
        """A picture says nothing that could be read out but its name."""
        del number
        return f"Picture {self._name}"


def picture(content: bytes) -> QImage:
    """A picture, upright, no larger than is of use; null where it cannot be read."""
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    size = reader.size()
    if max(size.width(), size.height()) > MOST_ACROSS:
        reader.setScaledSize(size.scaled(MOST_ACROSS, MOST_ACROSS, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


class FileView(QWidget):
    """Shows one file at a time; where it cannot, it says how to look at it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._pdf: PdfPages | None = None
        self.sheet = PageSheet(theme)
        self.words = NoteEdit(theme)
        self.words.setReadOnly(True)
        self.words.setAccessibleName("The text of the file")
        self.nothing = EmptyState(
            theme, "folder", "Not shown here", "Save a copy of it, and open the copy with the program it is for."
        )
        self.stack = QStackedLayout(self)
        for one in (self.sheet, self.words, self.nothing):
            self.stack.addWidget(one)
        self.setMinimumHeight(theme.space(60))

    def show_file(self, file: KeptFile) -> None:
        """Show this one."""
        self.drop()
        media = file.attachment.media_type
        if media == PDF and self._show_pdf(file.content):
            self.stack.setCurrentWidget(self.sheet)
        elif media.startswith("image/") and (kind := files_kept().types.get(media)) is not None and kind.shown:
            self._show_picture(file)
        elif media == TEXT:
            self.words.setPlainText(file.content.decode("utf-8-sig", "replace")[:MOST_TEXT])
            self.stack.setCurrentWidget(self.words)
        else:
            self.stack.setCurrentWidget(self.nothing)

    def drop(self) -> None:
        """Let the file go; nothing of it stays on the disk."""
        self.sheet.show_pages(None)
        self.words.clear()
        if self._pdf is not None:
            self._pdf.close()
        self._pdf = None

    def _show_pdf(self, content: bytes) -> bool:
        """Whether it is a PDF that can be read: one may be damaged, or locked with a password."""
        import pypdfium2  # noqa: PLC0415 - as PdfPages does: no start of the window waits for it

        try:
            self._pdf = PdfPages(content)
        except pypdfium2.PdfiumError:
            return False
        self.sheet.show_pages(self._pdf)
        return True

    def _show_picture(self, file: KeptFile) -> None:
        image = picture(file.content)
        if image.isNull():
            self.stack.setCurrentWidget(self.nothing)
            return
        self.sheet.show_pages(PicturePages(image, file.attachment.shown_name))
        self.stack.setCurrentWidget(self.sheet)

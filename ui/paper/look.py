"""Paper as it will come out of the printer: looked at, printed, saved."""

from __future__ import annotations

from desktop_app.domain.bundle import Bundle
from desktop_app.domain.paper import Paper
from ui.cases.preview import Preview
from ui.shell import Shell

NOT_IN_NAMES = str.maketrans(dict.fromkeys('\\/:*?"<>|', "-"))
KEPT_ELSEWHERE = (
    "The continuity pack is kept only in the folder that was named for it, under its password: Ctrl+M on the page "
    "Paper makes it there. Here it can be printed."
)


class PaperPreview(Preview):
    """The pages that were drawn. What may lie nowhere without a password is printed here and not saved."""

    def __init__(self, shell: Shell) -> None:
        super().__init__(shell, recorded=False)
        self._only_printed = False

    def show_paper(self, made: Paper, name: str, *, only_printed: bool = False) -> None:
        """Show the pages from the first, and give them the keyboard."""
        self._only_printed = only_printed
        self.show_bundle(Bundle(made.content, made.sha256, made.pages, name.translate(NOT_IN_NAMES), ()), "")
        self.sheet.setFocus()

    def ask_file(self) -> None:
        """Ask where to save; refused for the continuity pack."""
        if self._only_printed:
            self._shell.say(KEPT_ELSEWHERE, alarm=True)
            return
        super().ask_file()

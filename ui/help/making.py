"""Makes the help of a school as it stands now."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_app import paths
from ui.help.book import read_book
from ui.help.reference import Facts, everyday_words
from ui.help.view import HelpView
from ui.shell import Shell


def make_help(shell: Shell, parent: QWidget | None) -> HelpView:
    """The help, with the codes of the rulebook and the bands of the school's own pack. Raises `Damaged`."""
    folder = paths.resources() / "help"
    context = shell.context
    with context.store.reading() as reading:
        school = reading.book.school()
    facts = Facts(context.rulebook, context.pack(school), school, everyday_words(folder / "everyday.toml"))
    return HelpView(shell.theme, read_book(folder, facts), parent)

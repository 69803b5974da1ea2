"""Fields in the text of a template: those that are known stand out, those that are not are underlined."""

from __future__ import annotations

import re
from collections.abc import Collection

from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from desktop_app.rules.letters import field_key
from ui.theme import Theme

TOKEN = re.compile(r"\[\[|\]\]|\[([^\[\]\n]*)\]")


class FieldMarks(QSyntaxHighlighter):
    """`[child]` is strong; a field that nobody knows is underlined with a wave, in the alarm colour."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._theme = theme
        self._known: frozenset[str] = frozenset()
        theme.changed.connect(self.rehighlight)

    def set_known(self, known: Collection[str]) -> None:
        """These fields are known from now on."""
        self._known = frozenset(known)
        self.rehighlight()

    def unknown_in(self, text: str) -> tuple[str, ...]:
        """The fields of a text that nobody knows."""
        found = (one[1] for one in TOKEN.finditer(text) if one[1] is not None)
        return tuple(one for one in found if field_key(one) not in self._known)

    def highlightBlock(self, text: str) -> None:
        for one in TOKEN.finditer(text):
            if one[1] is None:
                continue
            look = QTextCharFormat()
            if field_key(one[1]) in self._known:
                look.setFontWeight(QFont.Weight.DemiBold)
                look.setForeground(self._theme.colour("accent"))
            else:
                look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
                look.setUnderlineColor(self._theme.colour("alarm"))
                look.setForeground(self._theme.colour("alarm"))
            self.setFormat(one.start(), one.end() - one.start(), look)

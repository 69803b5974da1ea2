"""Sets the help for reading: blocks become rich text in the theme's colours. Words are escaped; no link leads out."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import groupby

from ui.help.blocks import SPAN, BandLine, Block, CodeLine, Heading, KeyLine, Prose, Section
from ui.help.book import Found
from ui.theme import Theme
from ui.tokens import TYPE_SCALE, TextRole

SCHEME = "help"
"""The only kind of link there is: `help:codes` goes to the section on codes."""


class Setter:
    """Sets blocks in a theme as it is now; make another when the theme changes."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def section(self, section: Section) -> str:
        """A whole section under its title."""
        return self._page(f"{_title(section.title)}{self._blocks(section.blocks)}")

    def found(self, typed: str, found: Sequence[Found]) -> str:
        """What a search found, each section under its title, which is a link to it."""
        if not found:
            return self._page(
                f"{_title(f'Nothing found for “{typed}”')}"
                "<p>Try another word, or fewer letters. Esc goes back to the section.</p>"
            )
        parts = [_title(f"Found for “{typed}”")]
        for one in found:
            title = f'<a href="{SCHEME}:{one.section.key}">{escape(one.section.title)}</a>'
            parts.append(f'<p class="head">{title}</p>{self._blocks(one.blocks, "under")}')
        return self._page("".join(parts))

    def _page(self, inside: str) -> str:
        return f"<html><head><style>{self._style()}</style></head><body>{inside}</body></html>"

    def _style(self) -> str:
        theme, palette = self._theme, self._theme.palette
        size = {role: theme.font(role).pixelSize() for role in TextRole}
        return (
            f"body {{ color: {palette.ink}; font-size: {size[TextRole.BODY]}px; }}"
            "p { margin: 0 0 8px 0; line-height: 135%; }"
            f".title {{ font-size: {size[TextRole.PAGE_TITLE]}px; font-weight: 600; }}"
            f".head {{ font-size: {size[TextRole.CARD_TITLE]}px; font-weight: 600; margin: 14px 0 4px 0; }}"
            f".under {{ font-weight: 600; color: {palette.second}; margin: 6px 0 2px 0; }}"
            ".point { margin: 0 0 4px 14px; text-indent: -12px; }"
            "table { margin: 2px 0 10px 0; }"
            f"td {{ border-bottom: 1px solid {palette.line}; }}"
            f"a {{ color: {palette.accent}; text-decoration: underline; }}"
            f".quiet {{ color: {palette.second}; font-size: {size[TextRole.SECONDARY]}px; }}"
        )

    def _blocks(self, blocks: Sequence[Block], heading: str = "head") -> str:
        """Keys, codes and bands that follow each other are one table."""
        parts: list[str] = []
        for holder, run in groupby(blocks, _holder):
            parts.append(holder.format("".join(self._block(block, heading) for block in run)))
        return "".join(parts)

    def _block(self, block: Block, heading: str) -> str:
        match block:
            case Heading():
                return f'<p class="{heading}">{escape(block.text)}</p>'
            case Prose():
                line = self._line(block.text)
                return f'<p class="point">•&nbsp;&nbsp;{line}</p>' if block.point else f"<p>{line}</p>"
            case KeyLine():
                return self._row(190, self._cap(block.key.shown), escape(block.key.does))
            case CodeLine():
                return self._code(block)
            case BandLine():
                return self._band(block)

    def _line(self, text: str) -> str:
        """A line of text with its marks set."""
        parts: list[str] = []
        end = 0
        for span in SPAN.finditer(text):
            parts.append(escape(text[end : span.start()]))
            if span["strong"]:
                parts.append(f"<b>{escape(span['strong'])}</b>")
            elif span["key"]:
                parts.append(self._cap(span["key"]))
            else:
                parts.append(f'<a href="{SCHEME}:{escape(span["link"])}">{escape(span["words"])}</a>')
            end = span.end()
        return "".join([*parts, escape(text[end:])])

    def _code(self, line: CodeLine) -> str:
        code = line.code
        look = self._theme.mark(None, code)
        head = f"<b>{escape(code.title)}</b> · {escape(code.counts.words)}"
        said = [head, *(escape(words) for words in line.lines), _quiet(code.source)]
        return self._row(48, _chip(code.key, look.fill, look.text), "<br>".join(said))

    def _band(self, line: BandLine) -> str:
        pair = self._theme.band(line.band.shape)
        said = [f"<b>{escape(line.ends)}</b>", escape(line.band.meaning), _quiet(line.band.source)]
        chip = _chip(f"{pair.glyph} {line.band.title}", pair.fill, pair.text)
        return self._row(130, chip, "<br>".join(words for words in said if words))

    def _cap(self, words: str) -> str:
        return _chip(words, self._theme.palette.soft, self._theme.palette.ink)

    def _row(self, width: int, first: str, second: str) -> str:
        """A row of a table; `width` is that of its first cell where text has its plain size."""
        wide = round(width * self._theme.font().pixelSize() / TYPE_SCALE[TextRole.BODY][0])
        return f'<tr><td width="{wide}">{first}</td><td>{second}</td></tr>'


def _title(words: str) -> str:
    return f'<p class="title">{escape(words)}</p>'


def _quiet(words: str) -> str:
    return f'<span class="quiet">{escape(words)}</span>'


def _chip(words: str, fill: str, text: str) -> str:
    ground = f"background-color: {fill};" if fill else ""
    shown = escape(words).replace(" ", "&nbsp;")
    return f'<span style="{ground} color: {text}; font-weight: 600;">&nbsp;{shown}&nbsp;</span>'


def _holder(block: Block) -> str:
    """What holds a run of such blocks."""
    match block:
        case KeyLine() | CodeLine() | BandLine():
            return '<table width="100%" cellspacing="0" cellpadding="5">{}</table>'
        case _:
            return "{}"

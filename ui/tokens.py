"""The tokens of the look: colours in three schemes, type and space. All that is drawn takes them from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class TextRole(StrEnum):
    """The type scale. Nothing in the window is set in another size."""

    PAGE_TITLE = "page-title"
    CARD_TITLE = "card-title"
    BODY = "body"
    STRONG = "strong"
    SECONDARY = "secondary"
    SECONDARY_STRONG = "secondary-strong"
    BIG = "big"


TYPE_SCALE: Mapping[TextRole, tuple[int, bool]] = {
    TextRole.PAGE_TITLE: (22, True),
    TextRole.CARD_TITLE: (14, True),
    TextRole.BODY: (13, False),
    TextRole.STRONG: (13, True),
    TextRole.SECONDARY: (12, False),
    TextRole.SECONDARY_STRONG: (12, True),
    TextRole.BIG: (40, True),
}
"""Size in device-independent pixels, and whether semibold."""

UNIT = 4
"""All space is a multiple of this many device-independent pixels."""

ROW_HEIGHT = 27
RADIUS_CARD = 8
RADIUS_BUTTON = 5
RADIUS_CHIP = 4
RING = 2

GLYPHS: Mapping[int, str] = {1: "●", 2: "▲", 3: "◆", 4: "▼", 5: "■"}
"""The shape of a band, 1 best to 5 severe: it says in grey print what the fill says in colour."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of one scheme, as `#RRGGBB`. Text stands at 4.5:1 or more on page, surface, raised and soft."""

    page: str
    surface: str
    raised: str
    ink: str
    second: str
    third: str
    line: str
    strong_line: str
    control_line: str
    accent: str
    on_accent: str
    soft: str
    good: str
    alarm: str
    on_alarm: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A fill with the text on it. `fill` empty: no fill at all (contrast themes). `outline` is drawn 1 px wide."""

    fill: str
    text: str
    outline: str
    glyph: str = ""


@dataclass(frozen=True, slots=True)
class MarkLook:
    """How a register cell is drawn. `boxed` rules a box round the letter; `corner` is the triangle for minutes."""

    fill: str
    text: str
    bold: bool = False
    italic: bool = False
    boxed: bool = False
    corner: bool = False


class Tone(StrEnum):
    """What a chip or a line of text says besides its words."""

    PLAIN = "plain"
    GOOD = "good"
    CAUTION = "caution"
    BAD = "bad"
    ALARM = "alarm"


class MarkTone(StrEnum):
    """The looks a mark can have in a register."""

    PRESENT = "present"
    APPROVED = "approved"
    AUTHORISED = "authorised"
    UNAUTHORISED = "unauthorised"
    LATE = "late"
    NO_REASON = "no-reason"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Scheme:
    """Everything coloured in one scheme."""

    palette: Palette
    bands: Mapping[int, Pair]
    marks: Mapping[MarkTone, MarkLook]


def _bands(*pairs: tuple[str, str]) -> Mapping[int, Pair]:
    return {
        shape: Pair(fill, text, outline=text, glyph=GLYPHS[shape]) for shape, (fill, text) in enumerate(pairs, start=1)
    }


LIGHT = Scheme(
    palette=Palette(
        page="#F6F6F3",
        surface="#FFFFFF",
        raised="#FBFBF9",
        ink="#1B1C1E",
        second="#5A6066",
        third="#656B71",
        line="#E2E2DD",
        strong_line="#CFCFC8",
        control_line="#868C93",
        accent="#17557A",
        on_accent="#FFFFFF",
        soft="#E3EEF4",
        good="#1B6B47",
        alarm="#B00020",
        on_alarm="#FFFFFF",
    ),
    bands=_bands(
        ("#BFE6DC", "#00443A"),
        ("#FFE27A", "#4A3800"),
        ("#F29A4A", "#331600"),
        ("#C2502F", "#FFFFFF"),
        ("#6A1B4D", "#FFFFFF"),
    ),
    marks={
        MarkTone.PRESENT: MarkLook("", "#1B1C1E"),
        MarkTone.APPROVED: MarkLook("#D7E8F7", "#0B3A63"),
        MarkTone.AUTHORISED: MarkLook("#FFE9A8", "#4A3800"),
        MarkTone.UNAUTHORISED: MarkLook("#FBC9B5", "#6B1400", bold=True),
        MarkTone.LATE: MarkLook("#E8DFF5", "#3F1D73", corner=True),
        MarkTone.NO_REASON: MarkLook("#FFFFFF", "#B00020", bold=True, boxed=True),
        MarkTone.CLOSED: MarkLook("#ECEDEE", "#5A6066"),
    },
)

DARK = Scheme(
    palette=Palette(
        page="#17191B",
        surface="#1F2225",
        raised="#24282B",
        ink="#ECEDEE",
        second="#A9B0B6",
        third="#949BA2",
        line="#30353A",
        strong_line="#454B51",
        control_line="#7A828A",
        accent="#7FBCE0",
        on_accent="#0B1F2C",
        soft="#20323E",
        good="#5FC79A",
        alarm="#FF8A96",
        on_alarm="#2B0006",
    ),
    bands=_bands(
        ("#0B5C4F", "#FFFFFF"),
        ("#F2D15C", "#1F1700"),
        ("#B04E08", "#FFFFFF"),
        ("#E08A6A", "#2A0A00"),
        ("#F7C6E4", "#3A0A2B"),
    ),
    marks={
        MarkTone.PRESENT: MarkLook("", "#ECEDEE"),
        MarkTone.APPROVED: MarkLook("#17344D", "#BFDDF5"),
        MarkTone.AUTHORISED: MarkLook("#4A3B0A", "#FFE7A0"),
        MarkTone.UNAUTHORISED: MarkLook("#5A2012", "#FFD3C2", bold=True),
        MarkTone.LATE: MarkLook("#38295A", "#DDCFF7", corner=True),
        MarkTone.NO_REASON: MarkLook("#1F2225", "#FF8A96", bold=True, boxed=True),
        MarkTone.CLOSED: MarkLook("#2A2E32", "#949BA2"),
    },
)


def contrast_scheme(page: str, ink: str, accent: str, on_accent: str) -> Scheme:
    """A scheme for a contrast theme: the system's four colours and no fills; words, shapes and weight say the rest."""
    outline = Pair("", ink, outline=ink)
    return Scheme(
        palette=Palette(
            page=page,
            surface=page,
            raised=page,
            ink=ink,
            second=ink,
            third=ink,
            line=ink,
            strong_line=ink,
            control_line=ink,
            accent=accent,
            on_accent=on_accent,
            soft=page,
            good=ink,
            alarm=ink,
            on_alarm=page,
        ),
        bands={shape: Pair(outline.fill, outline.text, outline.outline, glyph) for shape, glyph in GLYPHS.items()},
        marks={
            MarkTone.PRESENT: MarkLook("", ink),
            MarkTone.APPROVED: MarkLook("", ink),
            MarkTone.AUTHORISED: MarkLook("", ink),
            MarkTone.UNAUTHORISED: MarkLook("", ink, bold=True),
            MarkTone.LATE: MarkLook("", ink, corner=True),
            MarkTone.NO_REASON: MarkLook("", ink, bold=True, boxed=True),
            MarkTone.CLOSED: MarkLook("", ink, italic=True),
        },
    )


CONTRAST = contrast_scheme(page="#000000", ink="#FFFFFF", accent="#FFFF00", on_accent="#000000")
"""High contrast where it is chosen here and not in the system: every text at 7:1 or more."""

"""Every text on every ground it stands on, in both schemes; and a contrast theme with no fills at all."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from desktop_app import paths
from desktop_app.domain.rulebook import Rulebook
from ui.theme import SchemeChoice, Theme
from ui.tokens import CONTRAST, DARK, GLYPHS, LIGHT, MarkTone, Scheme, TextRole, Tone, contrast_scheme

TEXT = 4.5
STRONG = 7.0
SHAPE = 3.0
SCHEMES = pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in QColor(colour).getRgbF()[:3]
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """The contrast of two colours (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_the_known_one() -> None:
    assert ratio("#000000", "#FFFFFF") == pytest.approx(21)
    assert ratio("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@SCHEMES
def test_text_stands_out_on_every_ground(scheme: Scheme) -> None:
    palette = scheme.palette
    grounds = (palette.page, palette.surface, palette.raised, palette.soft)
    texts = {name: getattr(palette, name) for name in ("ink", "second", "third", "accent", "good", "alarm")}
    low = {(name, ground): ratio(text, ground) for name, text in texts.items() for ground in grounds}
    assert {pair: found for pair, found in low.items() if found < TEXT} == {}
    assert ratio(palette.on_accent, palette.accent) >= TEXT
    assert ratio(palette.on_alarm, palette.alarm) >= TEXT


@SCHEMES
def test_controls_and_the_ring_can_be_seen(scheme: Scheme) -> None:
    palette = scheme.palette
    for ground in (palette.page, palette.surface, palette.raised, palette.soft):
        assert ratio(palette.accent, ground) >= SHAPE
    for ground in (palette.page, palette.surface, palette.raised):
        assert ratio(palette.control_line, ground) >= SHAPE


@SCHEMES
def test_chips_and_marks_can_be_read(scheme: Scheme) -> None:
    assert set(scheme.bands) == set(GLYPHS) == {1, 2, 3, 4, 5}
    for pair in scheme.bands.values():
        assert ratio(pair.text, pair.fill) >= TEXT
    assert set(scheme.marks) == set(MarkTone)
    for look in scheme.marks.values():
        assert ratio(look.text, look.fill or scheme.palette.surface) >= TEXT


@SCHEMES
def test_a_chip_has_an_edge_even_where_its_fill_is_pale(scheme: Scheme) -> None:
    surface = scheme.palette.surface
    for pair in scheme.bands.values():
        assert max(ratio(pair.fill, surface), ratio(pair.outline, surface)) >= SHAPE


def test_a_contrast_theme_uses_no_fills_and_four_colours() -> None:
    scheme = contrast_scheme(page="#000000", ink="#FFFF00", accent="#1AEBFF", on_accent="#000000")
    assert {pair.fill for pair in scheme.bands.values()} == {""}
    assert {look.fill for look in scheme.marks.values()} == {""}
    used = {getattr(scheme.palette, name) for name in scheme.palette.__dataclass_fields__}
    assert used == {"#000000", "#FFFF00", "#1AEBFF"}
    assert len({pair.glyph for pair in scheme.bands.values()}) == 5
    assert scheme.marks[MarkTone.NO_REASON].boxed
    assert scheme.marks[MarkTone.UNAUTHORISED].bold
    assert scheme.marks[MarkTone.LATE].corner


def test_marks_take_their_look_from_what_they_count_as(theme: Theme, rulebook: Rulebook) -> None:
    codes = rulebook.codes
    assert theme.mark(None, codes["/"]).fill == ""
    assert theme.mark(None, codes["L"]) == LIGHT.marks[MarkTone.LATE]
    assert theme.mark(None, codes["U"]) == LIGHT.marks[MarkTone.UNAUTHORISED]
    assert theme.mark(None, codes["I"]) == LIGHT.marks[MarkTone.AUTHORISED]
    assert theme.mark(None, codes["V"]) == LIGHT.marks[MarkTone.APPROVED]
    assert theme.mark(None, codes["N"]) == LIGHT.marks[MarkTone.NO_REASON]
    assert theme.mark(None, codes["I"], planned=True).italic


def test_choosing_a_scheme_tells_everybody(theme: Theme) -> None:
    heard: list[bool] = []
    theme.changed.connect(lambda: heard.append(theme.dark))
    theme.choose(SchemeChoice.DARK)
    theme.choose(SchemeChoice.LIGHT)
    assert heard == [True, False]
    assert theme.colour("ink") == QColor(LIGHT.palette.ink)


def test_the_contrast_choice_has_colours_of_its_own_where_the_system_has_no_contrast_theme(theme: Theme) -> None:
    theme.choose(SchemeChoice.CONTRAST)
    assert theme.contrast
    assert {theme.band(shape).fill for shape in GLYPHS} == {""}
    palette = theme.palette
    assert palette == CONTRAST.palette
    grounds = (palette.page, palette.surface, palette.raised, palette.soft)
    texts = (palette.ink, palette.second, palette.third, palette.accent, palette.good, palette.alarm)
    assert min(ratio(text, ground) for text in texts for ground in grounds) >= STRONG
    assert ratio(palette.on_accent, palette.accent) >= STRONG
    assert ratio(palette.on_alarm, palette.alarm) >= STRONG
    shown = QApplication.palette()
    assert ratio(shown.highlightedText().color().name(), shown.highlight().color().name()) >= STRONG
    theme.choose(SchemeChoice.LIGHT)
    assert not theme.contrast


@pytest.mark.parametrize("file", sorted((paths.resources() / "icons").glob("*.svg")), ids=lambda path: path.stem)
def test_every_icon_draws_something_in_the_ink_it_is_asked_in(theme: Theme, file) -> None:
    picture = theme.icon(file.stem, "alarm").pixmap(QSize(20, 20)).toImage()
    inked = [
        picture.pixelColor(x, y)
        for x in range(picture.width())
        for y in range(picture.height())
        if picture.pixelColor(x, y).alpha() > 100
    ]
    assert len(inked) >= 8
    assert all(abs(colour.red() - theme.colour("alarm").red()) < 12 for colour in inked)


def test_type_is_set_in_two_weights_and_figures_line_up(theme: Theme) -> None:
    for role in TextRole:
        metrics = theme.metrics(role)
        widths = {metrics.horizontalAdvance(figure) for figure in "0123456789"}
        assert len(widths) == 1, role
    assert {theme.font(role).weight() for role in TextRole} == {400, 600}
    assert theme.row_height >= 27


def test_every_tone_has_a_pair(theme: Theme) -> None:
    for tone in Tone:
        pair = theme.tone(tone)
        assert ratio(pair.text, pair.fill) >= TEXT

"""The statutory defences, which every case is held against before it goes to court."""

from __future__ import annotations

from desktop_app.domain.rulebook import Rulebook


def test_every_statutory_defence_is_there_with_the_section_it_stands_in(rulebook: Rulebook) -> None:
    """Sefton’s strategy counts eight in its chapter on prosecution; the ninth belongs to the graver offence alone."""
    assert [one.key for one in rulebook.defences] == [
        *("illness", "leave", "religion", "transport", "distance", "travelling"),
        *("elsewhere-education", "elsewhere-notice", "justification"),
    ]
    for one in rulebook.defences:
        assert one.says.endswith(".")
        assert one.source.startswith("Education Act 1996, section 444")

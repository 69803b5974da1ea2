"""A sheet for each parent, by itself: nothing of one stands on the sheet of another. A protected address comes here as
“held by the school” (see `rules/protected.py`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from desktop_app.documents.flow import Flow
from desktop_app.documents.table import Column, Row, Table
from desktop_app.documents.words import short_day, upper_first
from desktop_app.domain.people import Answer, Channel, ChannelKind
from desktop_app.rules.contacts import ContactCard
from desktop_app.rules.display import long_date

ANSWERS: Mapping[Answer, str] = {Answer.YES: "yes", Answer.NO: "no", Answer.UNKNOWN: "not known"}
KINDS: Mapping[ChannelKind, str] = {ChannelKind.PHONE: "Telephone", ChannelKind.EMAIL: "E-mail"}
CHANNEL_COLUMNS = (Column("Kind", 20), Column("Number or address", 48), Column("Last checked", 32))


def draw_parents(flow: Flow, parents: Sequence[ContactCard], pupil: str) -> None:
    """Every parent, each on a sheet."""
    for number, parent in enumerate(parents):
        if number:
            flow.new_page()
        flow.title(parent.person.formal_name, f"{upper_first(parent.tie.relationship or 'parent')} of {pupil}")
        flow.facts(_facts(parent))
        if parent.channels:
            Table(flow, CHANNEL_COLUMNS).draw(map(_channel, parent.channels), "How to reach them")
        else:
            flow.heading("How to reach them", 20.0)
            flow.paragraph("No number or e-mail address is recorded.")


def _facts(parent: ContactCard) -> Iterator[tuple[str, str]]:
    person, tie = parent.person, parent.tie
    yield "Relationship", upper_first(tie.relationship) or "not recorded"
    yield "Parental responsibility", ANSWERS[tie.responsibility]
    yield "Lives with the child", ANSWERS[tie.lives_with]
    if person.date_of_birth:
        yield "Date of birth", long_date(person.date_of_birth)
    yield "Address", "\n".join(filter(None, (*person.address.lines, person.address.postcode))) or "not recorded"
    yield "Language", person.language or "not recorded"
    yield "Interpreter needed", "yes" if person.interpreter else "no"
    if person.reading_needs:
        yield "Reading", person.reading_needs


def _channel(channel: Channel) -> Row:
    kind = f"{KINDS[channel.kind]}, {channel.label}" if channel.label else KINDS[channel.kind]
    return Row((kind, channel.value, short_day(channel.checked) if channel.checked else "not recorded"))

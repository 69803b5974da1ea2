"""A referral bundle as one PDF: each planned part laid out, then all of it printed with an index that is right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.documents.certificate import draw_certificate
from desktop_app.documents.chronology import draw_chronology, draw_contacts
from desktop_app.documents.cover import IndexLine, draw_cover
from desktop_app.documents.exhibits import draw_exhibits
from desktop_app.documents.flow import Flow
from desktop_app.documents.parents import draw_parents
from desktop_app.documents.parts.declaration import draw_declaration
from desktop_app.documents.parts.formal import draw_defences, draw_notice_checks, draw_policies
from desktop_app.documents.parts.help import draw_early_help, draw_support, draw_visits
from desktop_app.documents.parts.others import draw_elsewhere, draw_restricted
from desktop_app.documents.parts.year import draw_year
from desktop_app.documents.press import Imprint, Piece, PrintedPart, print_parts
from desktop_app.documents.referral_sheet import draw_referral_sheet
from desktop_app.documents.register_print import draw_corrections, draw_register
from desktop_app.documents.signed import draw_signed
from desktop_app.documents.statement import draw_statement
from desktop_app.documents.taken import TakenFile
from desktop_app.documents.type import Type, load_type
from desktop_app.documents.unused import draw_unused
from desktop_app.documents.words import chain_words, dfe_words, moment_words, span_words
from desktop_app.documents.years import draw_earlier_years, draw_siblings
from desktop_app.domain.bundle import BundlePlan, PlannedPart, Stamp
from desktop_app.domain.evidence import SignedOf, SignedPages
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.certificate import certificate
from desktop_app.rules.chronology import chronology, contacts
from desktop_app.rules.display import long_date
from desktop_app.rules.earlier_years import earlier_years
from desktop_app.rules.parts.declaration import declaration
from desktop_app.rules.parts.defences import weighed
from desktop_app.rules.parts.early_help import early_help
from desktop_app.rules.parts.notice_check import notice_checks
from desktop_app.rules.parts.other_schools import brothers_elsewhere, elsewhere
from desktop_app.rules.parts.policy import policies
from desktop_app.rules.parts.register_year import year_to_date
from desktop_app.rules.parts.restricted import let_out
from desktop_app.rules.parts.support import support
from desktop_app.rules.parts.visits import visits
from desktop_app.rules.register_print import corrections, register_print
from desktop_app.rules.statement import witness_named

COVER = "cover"


@dataclass(frozen=True, slots=True)
class Drawing:
    """What every part is drawn from, and the part being drawn. `taken` are the files taken in, by attachment."""

    file: CaseFile
    plan: BundlePlan
    stamp: Stamp
    part: PlannedPart
    taken: Mapping[int, TakenFile]


@dataclass(frozen=True, slots=True)
class Print:
    """A finished document. `lacking` are the letters that print as empty boxes."""

    content: bytes
    pages: int
    lacking: str = ""


def drawn_parts(plan: BundlePlan) -> tuple[PlannedPart, ...]:
    """The parts that will be in the bundle after its cover, in order."""
    return tuple(part for part in plan.parts if part.drawn and part.kind != COVER)


def lay_out(
    file: CaseFile, plan: BundlePlan, stamp: Stamp, type_: Type, taken: Mapping[int, TakenFile] | None = None
) -> Iterator[PrintedPart]:
    """Lay out the parts after the cover, one at a time."""
    parts = drawn_parts(plan)
    for number, part in enumerate(parts, start=1):
        flow = Flow(type_)
        # What was signed takes the place of what is drawn; where the scan cannot be read, the draft stands.
        signed = draw_signed(flow, plan.signed_of(part.kind), taken or {})
        drawn = not signed or _still_unsigned(plan, part.kind, signed)
        pieces = DRAW[part.kind](flow, Drawing(file, plan, stamp, part, taken or {})) if drawn else ()
        blank = flow.fill_sheet() if plan.request.duplex and number < len(parts) else 0
        header = f"Part {number} · {part.title}"
        yield PrintedPart(number, part.kind, part.title, header, flow.pages, pieces or (), blank)


def _still_unsigned(plan: BundlePlan, kind: str, signed: Sequence[SignedPages]) -> bool:
    """Whether a draft stands beside what was signed: another witness signed, and this one has not."""
    if kind != SignedOf.STATEMENT.value or plan.statement is None:
        return False
    witness = plan.statement.witness.name.casefold()
    return all(one.witness.casefold() != witness for one in signed)


def bind(
    file: CaseFile,
    stamp: Stamp,
    parts: Sequence[PrintedPart],
    type_: Type,
    taken: Mapping[int, TakenFile] | None = None,
) -> Print:
    """Put the cover with its index before the parts, and print all of it."""
    cover = _cover(file, stamp, parts, 1, type_)
    if len(cover.pages) > 1:
        cover = _cover(file, stamp, parts, len(cover.pages), type_)
    everything = (cover, *parts)
    school = " · ".join(text for text in (file.school.name, dfe_words(file.school.dfe_number)) if text)
    record = f"record as at {moment_words(stamp.as_at)} · chain {chain_words(stamp.chain_head)}"
    imprint = Imprint(
        head=school,
        foot=f"Reference {stamp.reference} · {record}",
        title=f"{file.referral.title} {stamp.reference}",
        author=file.school.name,
        made=stamp.as_at,
    )
    sources = {key: file.pdf for key, file in (taken or {}).items() if file.pdf}
    content = print_parts(everything, imprint, type_, sources)
    return Print(content, sum(len(part.pages) for part in everything), type_.lacking)


def draw(file: CaseFile, plan: BundlePlan, stamp: Stamp) -> Print:
    """The whole bundle at once, from prepared facts and no store."""
    type_ = load_type()
    return bind(file, stamp, list(lay_out(file, plan, stamp, type_)), type_)


def _cover(file: CaseFile, stamp: Stamp, parts: Sequence[PrintedPart], pages: int, type_: Type) -> PrintedPart:
    """The cover, whose index must know how many pages the cover itself takes."""
    index: list[IndexLine] = []
    page = pages + 1
    for part in parts:
        last = page + len(part.pages) - part.blank - 1
        index.append(IndexLine(str(part.number), part.kind, part.title, page, last, part.mark))
        ends = [*(piece.page for piece in part.pieces[1:]), len(part.pages) - part.blank]
        index += [
            IndexLine(piece.label, part.kind, piece.title, page + piece.page, page + end - 1, piece.mark, piece=True)
            for piece, end in zip(part.pieces, ends, strict=False)
        ]
        page += len(part.pages)
    flow = Flow(type_)
    draw_cover(flow, file, stamp, index)
    blank = flow.fill_sheet() if file.request.duplex and parts else 0
    return PrintedPart(0, COVER, "Cover and index", "Referral bundle", flow.pages, blank=blank)


def _certificate(flow: Flow, of: Drawing) -> None:
    found = of.plan.certificate or certificate(of.file)
    draw_certificate(flow, found, of.file.pupil, of.file.school, of.file.rulebook.codes)


def _statement(flow: Flow, of: Drawing) -> None:
    if of.plan.statement is not None:
        draw_statement(flow, of.plan.statement)


def _register(flow: Flow, of: Drawing) -> None:
    own_part = any(part.kind == "corrections" for part in drawn_parts(of.plan))
    draw_register(flow, register_print(of.file), of.file.pupil.legal_name, of.part.title, with_corrections=not own_part)


def _corrections(flow: Flow, of: Drawing) -> None:
    request = of.file.request
    last = min(request.last, request.on)
    flow.title(of.part.title, f"{of.file.pupil.legal_name} · {span_words(request.first, last)}")
    draw_corrections(flow, corrections(of.file.changes, request.first, last))


def _chronology(flow: Flow, of: Drawing) -> None:
    draw_chronology(flow, chronology(of.file), of.part.title, _up_to(of), _labels(of))


def _contacts(flow: Flow, of: Drawing) -> None:
    draw_contacts(flow, contacts(of.file), of.part.title, _up_to(of), _labels(of))


def _labels(of: Drawing) -> Mapping[int, Sequence[str]]:
    """The exhibits of each entry that are in this bundle: none where it has no such part, or could not take them in."""
    labels: defaultdict[int, list[str]] = defaultdict(list)
    if any(part.kind == "exhibits" for part in drawn_parts(of.plan)):
        for exhibit in of.plan.exhibits:
            file = of.taken.get(exhibit.attachment.id)
            if exhibit.label and file is not None and not file.why:
                labels[exhibit.entry].append(exhibit.label)
    return labels


def _up_to(of: Drawing) -> str:
    return f"{of.file.pupil.legal_name} · up to {long_date(of.file.request.on)}"


def _earlier_years(flow: Flow, of: Drawing) -> None:
    draw_earlier_years(flow, earlier_years(of.file), of.part.title, of.file.pupil.legal_name)


def _siblings(flow: Flow, of: Drawing) -> None:
    bands, name = of.file.pack.bands, of.file.pupil.legal_name
    draw_siblings(flow, of.file.siblings, brothers_elsewhere(of.file), bands, of.part.title, name)


def _exhibits(flow: Flow, of: Drawing) -> tuple[Piece, ...]:
    producer = witness_named(of.file, of.plan.request.witness, of.stamp.prepared_by)
    return draw_exhibits(flow, of.plan.exhibits, of.taken, producer, duplex=of.plan.request.duplex)


def _declaration(flow: Flow, of: Drawing) -> None:
    draw_declaration(flow, of.file, declaration(of.file), of.part.title)


def _register_year(flow: Flow, of: Drawing) -> None:
    draw_year(flow, year_to_date(of.file), of.file.pupil.legal_name, of.part.title)


def _visits(flow: Flow, of: Drawing) -> None:
    draw_visits(flow, visits(of.file), of.part.title, _up_to(of))


def _early_help(flow: Flow, of: Drawing) -> None:
    draw_early_help(flow, early_help(of.file), of.part.title, _up_to(of))


def _support(flow: Flow, of: Drawing) -> None:
    draw_support(flow, support(of.file), of.part.title, _up_to(of))


def _notice_check(flow: Flow, of: Drawing) -> None:
    draw_notice_checks(flow, notice_checks(of.file), of.file, of.part.title)


def _policy(flow: Flow, of: Drawing) -> None:
    draw_policies(flow, policies(of.file), of.part.title, of.file.school.name)


def _defences(flow: Flow, of: Drawing) -> None:
    draw_defences(flow, weighed(of.file), of.part.title, _up_to(of))


def _other_schools(flow: Flow, of: Drawing) -> None:
    draw_elsewhere(flow, elsewhere(of.file), of.part.title, of.file.pupil.legal_name)


def _restricted(flow: Flow, of: Drawing) -> None:
    draw_restricted(flow, let_out(of.file), of.part.title, of.file.pupil.legal_name)


DRAW: Mapping[str, Callable[[Flow, Drawing], Sequence[Piece] | None]] = {
    "referral-sheet": lambda flow, of: draw_referral_sheet(flow, of.file, of.stamp, of.part.title),
    "parents": lambda flow, of: draw_parents(flow, of.file.parents, of.file.pupil.legal_name),
    "certificate": _certificate,
    "register": _register,
    "corrections": _corrections,
    "chronology": _chronology,
    "contacts": _contacts,
    "earlier-years": _earlier_years,
    "siblings": _siblings,
    "exhibits": _exhibits,
    "declaration": _declaration,
    "register-year": _register_year,
    "home-visits": _visits,
    "early-help": _early_help,
    "support": _support,
    "notice-check": _notice_check,
    "policy": _policy,
    "defences": _defences,
    "other-schools": _other_schools,
    "restricted": _restricted,
    "statement": _statement,
    "unused": lambda flow, of: draw_unused(flow, of.plan.unused, of.part.title, of.file.pupil.legal_name),
}
"""How each kind of part is drawn; the cover is drawn last, when every page is known."""

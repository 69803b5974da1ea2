"""Witness statements: who could give one, and its draft as a Word file."""

from __future__ import annotations

from pathlib import Path

from desktop_app.actions.casefiles import read_case
from desktop_app.actions.needs import needs
from desktop_app.actions.saving import check_target, save
from desktop_app.context import Context
from desktop_app.domain.bundle import BundleRequest
from desktop_app.domain.errors import Refused
from desktop_app.domain.evidence import PossibleWitness, Statement
from desktop_app.domain.rights import Right
from desktop_app.rules.casefile import CaseFile
from desktop_app.rules.certificate import certificate, why_not_drawn
from desktop_app.rules.disclosed import disclose_to_court
from desktop_app.rules.exhibits import exhibits
from desktop_app.rules.statement import statement, witness_named, witnesses


@needs(Right.READ_CASE)
def statements(context: Context, request: BundleRequest) -> tuple[PossibleWitness, ...]:
    """Who could give a statement in this case: the authors of what is relied on. Raises `Refused`."""
    with context.store.reading() as reading:
        file = read_case(context, reading, request)
    return witnesses(disclose_to_court(file))


@needs(Right.READ_CASE)
def draft(context: Context, request: BundleRequest) -> Statement:
    """The draft of the statement of the witness the request names. Raises `Refused` for somebody of whom the record
    knows nothing: whoever did nothing that is relied on, and is not asking, has nothing to state."""
    with context.store.reading() as reading:
        file = read_case(context, reading, request)
    shown = disclose_to_court(file)
    witness = witness_named(shown, request.witness, context.user)
    known = {one.witness.name.casefold() for one in witnesses(shown)}
    if witness.name.casefold() not in known | {context.user.name.casefold(), file.school.headteacher.casefold()}:
        names = ", ".join(one.witness.name for one in witnesses(shown)) or "nobody"
        raise Refused(f"“{request.witness}” did nothing that is recorded here. Who could give a statement: {names}.")
    return _statement(file, shown, request, context)


@needs(Right.WRITE_CASE)
def save_statement(context: Context, request: BundleRequest, target: Path, *, replace_it: bool = False) -> Statement:
    """Write the draft as a Word file, for the witness to change and sign. `replace_it`: whoever chose the target was
    asked about a file that stood there. Raises `Refused`."""
    from desktop_app.documents.statement import pages_of  # noqa: PLC0415 - loads the library that draws
    from desktop_app.documents.statement_docx import statement_word  # noqa: PLC0415

    if target.suffix.casefold() != ".docx":
        raise Refused(f"A statement is a Word file: name it with .docx at the end, not “{target.name}”.")
    if not replace_it:
        check_target(target)
    made = draft(context, request)
    save(statement_word(made, pages_of(made)), target)
    return made


def _statement(file: CaseFile, shown: CaseFile, request: BundleRequest, context: Context) -> Statement:
    witness = witness_named(shown, request.witness, context.user)
    return statement(shown, witness, exhibits(shown, witness.name), certificate(file), why_not_drawn(file))

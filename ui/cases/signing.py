"""The form for what is signed on paper: the draft of a statement as a Word file, and the scan of a signed page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.actions.signing import NewSigned, keep_signed
from desktop_app.actions.statements import save_statement, statements
from desktop_app.domain.bundle import BundlePlan, BundleRequest
from desktop_app.domain.errors import Refused
from desktop_app.domain.evidence import SignedOf
from desktop_app.domain.progress import Changes
from ui.cases.deed_panel import Form, Values
from ui.parts.field import Field
from ui.parts.inputs import Choice, DateEdit
from ui.shell import Shell

SCANS = "Scans (*.pdf *.jpg *.jpeg *.png *.tif *.tiff)"
WORD = "Word (*.docx)"
NO_FILE = "No file was chosen, so nothing was done."
ABOUT = {
    SignedOf.CERTIFICATE: "The headteacher signs it on paper. The scan then stands in the bundle in its place, until "
    "the register of its days changes.",
    SignedOf.STATEMENT: "First the draft as a Word file: the witness reads it, changes it, and signs every page. Then "
    "the scan of the signed pages.",
    SignedOf.DECLARATION: "The headteacher reads every line, strikes out what is not so, and signs it on paper. The "
    "scan then stands in the bundle in its place.",
}


def signing(shell: Shell, over: QWidget, plan: BundlePlan, of: SignedOf) -> Form:
    """The form for a document of that bundle. Files are chosen over `over`, after the form is filled in."""
    theme, today = shell.theme, shell.context.today
    day = DateEdit(theme, today, today())
    when = "Signed on, where pages are kept" if of is SignedOf.STATEMENT else "Signed on"
    fields = [("on", Field(theme, when, day))]
    if of is SignedOf.STATEMENT:
        asked, witness = Choice(theme), Choice(theme)
        asked.add("Write the draft as a Word file", "draft")
        asked.add("Keep the signed pages", "keep")
        for name in witness_names(shell, plan.request):
            witness.add(name, name)
        fields = [("ask", Field(theme, "What to do", asked)), ("witness", Field(theme, "Witness", witness)), *fields]

    def deed(values: Values) -> Changes:
        request = replace(plan.request, witness=values.text("witness"))
        if of is SignedOf.STATEMENT and values.of["ask"] == "draft":
            _draft(shell, over, request)
            return Changes()
        on = values.needed("on")
        return keep_signed(shell.context, NewSigned(of, request, _scan(over), on))[1]

    title = f"{of.words[:1].upper()}{of.words[1:]}"
    return Form(title, ABOUT[of], tuple(fields), "Choose the file", deed, f"{title}: done.")


def witness_names(shell: Shell, request: BundleRequest) -> tuple[str, ...]:
    """Who could give a statement, and whoever asks."""
    names = [one.witness.name for one in statements(shell.context, request)]
    return tuple(dict.fromkeys([*names, shell.context.user.name]))


def _scan(over: QWidget) -> Path:
    chosen, _kind = QFileDialog.getOpenFileName(over, "The scan of the signed page", str(Path.home()), SCANS)
    if not chosen:
        raise Refused(NO_FILE)
    return Path(chosen)


def _draft(shell: Shell, over: QWidget, request: BundleRequest) -> None:
    """The file’s name holds no child’s name: it lies on a disk that others may see."""
    suggested = str(Path.home() / f"statement-{request.on.isoformat()}.docx")
    chosen, _kind = QFileDialog.getSaveFileName(over, "Save as a Word file", suggested, WORD)
    if not chosen:
        raise Refused(NO_FILE)
    target = Path(chosen)
    # The dialog has asked about a file that stood there: it is replaced.
    save_statement(shell.context, request, target.with_suffix(".docx"), replace_it=target.suffix == ".docx")

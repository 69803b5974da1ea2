"""A copy of a return that was made: where it is to go, and putting it there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.actions.returns.making import save_return
from desktop_app.context import Context
from desktop_app.domain.returns import MadeReturn, ReturnForm


def ask_target(parent: QWidget, made: MadeReturn) -> Path | None:
    """Where the copy is to go; None where nobody says."""
    name = str(Path.home() / made.files[0].name)
    chosen, _kind = QFileDialog.getSaveFileName(parent, "Save a copy", name, "Excel (*.xlsx);;PDF (*.pdf)")
    return Path(chosen) if chosen else None


def save_copy(context: Context, made: MadeReturn, path: Path) -> Path:
    """Save the file of a return whose ending the name has, the workbook where it has neither; where it lies then."""
    ending = path.suffix.lower().removeprefix(".")
    known = ending in list(ReturnForm)
    form = ReturnForm(ending) if known else ReturnForm.WORKBOOK
    target = path if known else path.with_name(f"{path.name}.{form}")
    save_return(context, next(one for one in made.files if one.form is form), target)
    return target

"""The forms with which a bundle leaves the school: a copy under a password, and what is recorded when it was sent."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from desktop_app.actions.frozen import email_for
from desktop_app.actions.locked_copy import check_password, offered_passphrase, save_locked
from desktop_app.actions.sent import record_reference, record_sent
from desktop_app.domain.errors import Refused
from desktop_app.domain.progress import Changes
from desktop_app.domain.sending import HOW, Sending, Sent
from desktop_app.rules.display import date_year
from ui.cases.deed_panel import Form, Values
from ui.parts.field import Field
from ui.parts.inputs import Choice, DateEdit, LineEdit, NoteEdit
from ui.parts.progress import ProgressStrip
from ui.runner import Job, words_of
from ui.shell import Shell


class GoingOut:
    """It builds forms and copies words; the actions decide. `strip` shows what is being locked."""

    def __init__(self, shell: Shell, over: QWidget, strip: ProgressStrip) -> None:
        self._shell, self._over, self._strip = shell, over, strip
        self._job: Job | None = None
        strip.cancelled.connect(self._cancel)

    def copy_email(self, reference: str) -> None:
        """Put the text of the e-mail on the clipboard."""
        from PySide6.QtGui import QGuiApplication  # noqa: PLC0415 - as the words are asked for

        try:
            words = email_for(self._shell.context, reference)
        except Refused as refused:
            self._shell.say(str(refused), alarm=True)
            return
        QGuiApplication.clipboard().setText(words)
        self._shell.say(
            "Copied: the e-mail names no child. Paste it, attach the locked copy, and telephone the password."
        )

    def locked(self, reference: str, name: str, done: Callable[[], object]) -> Form:
        """A copy under a password. `name` is the one offered for the file."""
        theme = self._shell.theme
        password = LineEdit(theme, "Four words in a row")
        password.setText(offered_passphrase())

        def deed(values: Values) -> Changes:
            secret = str(values.of["password"])
            check_password(secret)
            target = self.ask_file(name)
            if target is None:
                raise Refused("Nothing was saved: no place for the copy was chosen.")
            self.lock_to(reference, secret, target, done)
            return Changes()

        about = (
            "For e-mail: nobody opens the copy without this password. Write the password down, and tell it by"
            " telephone. It is kept nowhere: without it another copy is made."
        )
        fields = (("password", Field(theme, "Password", password)),)
        return Form("A copy under a password", about, fields, "Choose where, and save", deed, "Locking the copy …")

    def ask_file(self, name: str) -> Path | None:
        """Where the copy is to lie; None: nowhere."""
        suggested = str(Path.home() / name)
        chosen, _ = QFileDialog.getSaveFileName(self._over, "Save a copy under a password", suggested, "PDF (*.pdf)")
        return Path(chosen) if chosen else None

    def lock_to(self, reference: str, password: str, target: Path, done: Callable[[], object]) -> None:
        """Lock a copy there, beside the window."""

        def saved(path: Path) -> None:
            self._end()
            self._shell.announce(Changes(entries=True))
            self._shell.say(f"Saved under a password: {path}. Tell the password by telephone, not by e-mail.")
            done()

        def failed(error: Exception) -> None:
            self._end()
            self._shell.say(words_of(error), alarm=True)

        self._strip.begin("Locking the copy")
        work = save_locked(self._shell.context, reference, password, target)
        self._job = self._shell.runner.start(work, self._strip.show_progress, saved, failed, self._end)

    def _end(self) -> None:
        self._job = None
        self._strip.end()

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def sent(self, reference: str, done: Callable[[], object]) -> Form:
        """It was sent to the authority."""
        theme, context = self._shell.theme, self._shell.context
        how = Choice(theme)
        for key, words in HOW:
            how.add(words, key)
        to, given = LineEdit(theme, "the team, or a person there"), LineEdit(theme, "may come later")
        note = NoteEdit(theme, "what else was said", 2)

        def deed(values: Values) -> Changes:
            sending = Sending(
                reference, values.text("to"), str(values.of["how"]), values.text("given"), values.text("note"),
                values.needed("on"),
            )  # fmt: skip
            now, changes = record_sent(context, sending)
            done()
            if now.clock is not None:
                self._shell.say(now.clock.says)
            return changes

        fields = (
            ("to", Field(theme, "To whom", to)),
            ("how", Field(theme, "How", how)),
            ("on", Field(theme, "When", DateEdit(theme, context.today, context.today()))),
            ("given", Field(theme, "The reference it gave", given)),
            ("note", Field(theme, "Note", note)),
        )
        about = (
            f"{reference} goes into the chronology as a referral to the authority; the court’s clock follows from it."
        )
        return Form("Sent to the authority", about, fields, "Record it", deed, f"Recorded: {reference} was sent.")

    def given(self, sent: Sent, done: Callable[[], object]) -> Form:
        """The reference that came back."""
        theme = self._shell.theme
        given, words = LineEdit(theme, "as the authority writes it"), NoteEdit(theme, "what it said", 2)
        on = DateEdit(theme, self._shell.context.today, self._shell.context.today())

        def deed(values: Values) -> Changes:
            _, changes = record_reference(
                self._shell.context, sent.entry, values.text("given"), values.text("words"), values.needed("on")
            )
            done()
            return changes

        fields = (
            ("given", Field(theme, "The reference it gave", given)),
            ("words", Field(theme, "What it said", words)),
            ("on", Field(theme, "When", on)),
        )
        about = f"{sent.reference} went on {date_year(sent.on)} {sent.says}."
        return Form("What came back", about, fields, "Record it", deed, "Recorded.")

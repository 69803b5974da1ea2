"""The keys of the returns to the authority."""

from __future__ import annotations

from ui.keys import Key

RETURNS = (
    Key(("Space",), "keep the child you are on; again, and the line is to be checked", "keep"),
    Key(("X",), "leave the child out: then why, and Enter", "leave out"),
    Key(("A",), "add a child by hand: who, then why", "add"),
    Key(("Ctrl+A",), "keep every child that is still to be checked", "keep all"),
    Key(("Ctrl+Enter",), "make the return: a workbook and a PDF for each authority", "make"),
    Key(("T",), "the return you are on was sent: how, the reference, the day", "sent"),
    Key(("S",), "save a copy of the return you are on, as workbook or PDF", "save a copy"),
    Key(("Ctrl+Del",), "take back a return that was not sent: then why, and Enter", "take back"),
    Key(("Ctrl+PgDn", "Ctrl+PgUp"), "another return", "another return", cap="Ctrl+PgDn/PgUp"),
    Key(("Ctrl+←", "Ctrl+→"), "the month before, the month after", "another month", cap="Ctrl+←/→"),
    Key(("F5",), "from the children to what was made, then to the returns, and round"),
    Key(("Enter",), "the page of the child; of a return that was made: it was sent"),
    Key(("C",), "absence for the school census, among the reports", "census"),
    Key(("Esc",), "give up what is half typed; then leave", "back"),
)

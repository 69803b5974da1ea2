"""The keys of the early-call list and of texts (see `ui/keys.py`)."""

from __future__ import annotations

from ui.keys import EXCEL, Key

EARLY = (
    Key(("Enter",), "open the call to the family; on a proposal, the form that puts the child on the list", "call"),
    Key(("Ctrl+N",), "put a child on the list: from when, until when, why", "put on"),
    Key(("Ctrl+Enter",), "keep what stands in the form"),
    Key(("Ctrl+Del",), "take the child of the line off the list; it asks why", "take off"),
    Key(("Ctrl+M",), "a file of texts to the parents of those on the list", "texts"),
    Key(("F2",), "the page of that child", "the child’s page"),
    EXCEL,
    Key(("Esc",), "give up, back to the list; then leave", "back"),
)

EARLY_CALL = (
    Key(("Y",), "said they are on the way: recorded at once", "on the way"),
    Key(("S",), "spoke: type what was said, Enter saves", "spoke"),
    Key(("M", "N", "W"), "a message was left; no answer; wrong number", "message, no answer, wrong", cap="M N W"),
    Key(("1", "2"), "dial another number of the family", "another number", cap="1 2 …"),
    Key(("PgDn", "PgUp"), "the next family, the family before", "another family", cap="PgDn/PgUp"),
)

TEXTS = (
    Key(("Ctrl+Enter",), "look at the texts: to whom, at which number, in which words", "look"),
    Key(("Space",), "leave the text of the line out, or take it in again", "leave out"),
    Key(("Enter",), "say why a text goes all the same where the guard asks", "say why"),
    Key(("Ctrl+S",), "save the file; each text is logged to its parent", "save"),
    Key(("Esc",), "give up, back", "back"),
)

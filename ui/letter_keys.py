"""The keys of letters, of their templates and of the authority’s pack (see `ui/keys.py`)."""

from __future__ import annotations

from ui.keys import EXCEL, Key

PACK = (
    Key(("↑", "↓"), "another version of the pack; what it says stands beside", cap="↑/↓"),
    Key(("Enter",), "to what it says; there the arrows and the page keys scroll", "read it"),
    Key(("Ctrl+E",), "open a copy as text, to change it", "change a copy"),
    Key(("Ctrl+F",), "find in the text; Enter goes on to the next place", "find"),
    Key(("Ctrl+Enter",), "check the copy: what it changes, or where it is wrong", "check"),
    Key(("Ctrl+O",), "open a file as the copy", "open a file"),
    Key(("Ctrl+S",), "save the text as a file", "save as a file"),
    Key(("Ctrl+Del",), "back to the pack as shipped: say why, and Enter", "as shipped"),
    Key(("Esc",), "a step back: to the text, to the versions, and out", "back"),
)

LETTERS = (
    Key(("Enter",), "from the kinds of letter on to about whom it is", "about whom"),
    Key(("Ctrl+Enter",), "look at the letters, before anything is made", "look at them"),
    Key(("Ctrl+T",), "the templates: what letters say, in each language", "templates"),
    EXCEL,
    Key(("Esc",), "back to the first place", "back"),
)

LETTERS_PLANNED = (
    Key(("↑", "↓"), "another letter; its page stands beside, what the guard says below", "another letter", cap="↑/↓"),
    Key(("Enter",), "to the page: F, W, + and − fit it, the page keys turn it", "the page"),
    Key(("D",), "leave this letter out and say why; again: it is sent after all", "leave out"),
    Key(("X",), "leave out all that are stopped, for what stops them", "leave out the stopped"),
    Key(("R",), "say why this one is sent against the guard’s doubts", "send, with why"),
    Key(("A",), "one reason for all that ask, but those who need their own", "one reason for all"),
    Key(("Ctrl+Enter",), "make them: each is logged to each parent", "make them"),
    Key(("Esc",), "back to the list; from there, to what is wanted", "back"),
)

LETTERS_MADE = (
    Key(("Ctrl+P",), "print them all, through the system’s dialog", "print"),
    Key(("Ctrl+S",), "save each as a file in a folder; no file name tells of a child", "save"),
    Key(("Esc",), "to the next letters", "more letters"),
)

TEMPLATES = (
    Key(("↑", "↓"), "another letter or language; its words stand beside", cap="↑/↓"),
    Key(("Enter",), "to the words", "the words"),
    Key(("Ctrl+I",), "put the chosen field in where the keyboard is", "put a field in"),
    Key(("Ctrl+P",), "the page, with a made-up child", "preview"),
    Key(("Ctrl+S",), "save: letters say this from now on", "save"),
    Key(("Ctrl+O",), "bring a Word file in as the letter", "Word in"),
    Key(("Ctrl+E",), "save the letter as a Word file", "Word out"),
    Key(("Ctrl+Del",), "back to the letter as shipped", "as shipped"),
    Key(("Alt+L",), "take the logo away: letters go without it"),
    Key(("Alt+G",), "take the signature away: letters go without it"),
    Key(("Esc",), "from the page to the words; give up what is changed; back to the letters", "back"),
)

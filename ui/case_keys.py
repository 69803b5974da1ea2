"""The keys of the places of casework: a case, the ledger, leave of absence, formal steps (see `ui/keys.py`)."""

from __future__ import annotations

from ui.keys import EXCEL, Key

COURSE = (
    Key(
        ("Enter",),
        "do what the line proposes: log it, review, move, or tick it off; in the chronology, the entry",
        "do it",
    ),
    Key(("C",), "into the chronology, and back with Esc", "chronology"),
    Key(("M",), "move the case to another step", "move"),
    Key(("R",), "put down a review", "review"),
    Key(("T",), "give somebody a task, by a day", "task"),
    Key(("G",), "give a task to somebody else, or another day", "give"),
    Key(("S",), "what is in the way and what helps, in whose words", "say"),
    Key(("W",), "who leads the case", "who leads"),
    Key(("H",), "pause the case until a day, or take it up again", "pause"),
    Key(("X",), "close the case, saying what changed", "close"),
    Key(("L",), "log a call, letter, meeting or visit", "log"),
    Key(("K",), "letters to the family", "letters"),
    Key(("F",), "formal steps: contract, notices, order", "formal"),
    Key(("A",), "agenda and minutes of a meeting, in Reports", "agenda"),
    Key(("B",), "what a referral needs, and its bundle", "bundle"),
    Key(("P",), "the page of the child", "the child"),
    Key(("F4",), "how the attendance is reached"),
    EXCEL,
    Key(("Esc",), "back to the cases", "back"),
)

LEDGER = (
    Key(("↑", "↓"), "a newer entry of the parent, an older one", "entries", cap="↑/↓"),
    Key(("←", "→"), "the column of another parent", "another parent", cap="←/→"),
    Key(("Enter",), "the entry in the chronology", "in the chronology"),
)

LEAVE = (
    Key(("Enter",), "to the decision of the request you are on", "decide"),
    Key(("Ctrl+N",), "put down that leave was asked for", "a request"),
    Key(("Ctrl+Enter",), "decide as it stands in the form; in a request, put it down", "save"),
    Key(("L",), "the letters of the decision that are still to be written", "letters"),
    Key(("D",), "decide once more: more is known now", "decide again"),
    Key(("B",), "the parent took the request back, or leave that was granted: type who said so, and how", "taken back"),
    Key(("P",), "the page of the child", "the child"),
    EXCEL,
    Key(("Esc",), "give up what is half typed; then back to where you came from", "back"),
)

FORMAL = (
    Key(
        ("Alt+1", "Alt+2", "Alt+3", "Alt+4"),
        "penalty notices, the Notice to Improve, the contract, order and court",
        "another part",
        cap="Alt+1 to Alt+4",
    ),
    Key(("↑", "↓"), "how the part stands, line by line", cap="↑/↓"),
    Key(("Ctrl+Enter",), "record what stands in the form", "record it"),
    EXCEL,
    Key(("Esc",), "from the form to the lines; then back to where you came from", "back"),
)

"""The keys of the places of casework: a case, the ledger, leave of absence, formal steps (see `ui/keys.py`)."""

from __future__ import annotations

from ui.keys import EXCEL, PREVIEW, Key

CASE_LIST = (
    Key(("Enter",), "open the case", "open the case"),
    Key(("N",), "another pupil: letters of the name, then Enter", "another pupil"),
    Key(("Space",), "mark the case, or take the mark away", "mark"),
    Key(("A",), "mark every case; again, none"),
    Key(("B",), "the bundles of those marked, for one referral", "bundles of those marked"),
    Key(("Ctrl+←", "Ctrl+→"), "sort by another column", "sort by", cap="Ctrl+←/→"),
    Key(("Ctrl+↑", "Ctrl+↓"), "lowest or highest first", cap="Ctrl+↑/↓"),
    EXCEL,
)

CASE = (
    Key(("Enter",), "do what the line asks, or show what it rests on", "do it"),
    Key(("B",), "build the bundle", "build the bundle"),
    Key(("O",), "open the case", "open the case"),
    Key(("S",), "which sessions the certificate relies on", "sessions relied on"),
    Key(("L",), "log a call, letter, meeting or visit", "log"),
    Key(("M",), "the bundles made of the child: open again, what changed since, sent", "bundles made"),
    Key(("P",), "the page of the child", "the pupil’s page"),
    Key(("Esc",), "back to the cases", "back to the cases"),
)

BATCH = (
    Key(("Space",), "leave the bundle out, with a reason; again, take it back", "leave out"),
    Key(("Enter",), "what the child’s referral lacks; of one that is made, the bundles of the child", "look at it"),
    Key(("N",), "another pupil besides: letters of the name, then Enter", "another pupil"),
    Key(("Ctrl+Enter",), "make every bundle that is still to be made", "make them"),
    Key(("Ctrl+S",), "save all that were made into a folder, a file each", "save all"),
    Key(("Esc",), "back to the cases", "back to the cases"),
)

RELIED = (
    Key(("Space",), "rely on the session, or not", "rely on it or not"),
    Key(("O",), "rely on this session only: then add others with the space bar", "this one only"),
    Key(("A",), "rely on every session that may be", "all"),
    Key(("Enter", "Esc"), "back to the referral, with what was chosen", "back to the referral"),
)

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
    Key(("D",), "the bundles made of the child: open again, what changed since, sent", "made"),
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

BUNDLE_MORE = (
    Key(("T",), "into the small pages: the arrows turn them; Esc, back to the page", "pages"),
    Key(("I",), "into the index: Enter goes to that page; Esc, back to the page", "index"),
    Key(("K",), "save a copy under a password, for e-mail", "locked copy"),
    Key(("E",), "copy the text of the e-mail with which it goes; it names no child", "e-mail text"),
    Key(("S",), "it was sent: to whom, how, when, and the reference that was given", "sent"),
)
BUNDLE = (*PREVIEW[:-1], *BUNDLE_MORE, PREVIEW[-1])

MADE = (
    Key(("Enter",), "open the bundle again, as it was made", "open it"),
    Key(("C",), "what changed in the record since it was made", "changed since"),
    Key(("S",), "it was sent; and once more, which reference came back", "sent"),
    Key(("K",), "save a copy under a password, for e-mail", "locked copy"),
    Key(("E",), "copy the text of the e-mail with which it goes", "e-mail text"),
    Key(("Esc",), "back to where you came from", "back"),
)

PARTS = (
    Key(("Space",), "leave out the part, exhibit or entry, with a reason; again, take it back", "leave out"),
    Key(("X",), "black out rectangles of a page of the exhibit", "black out"),
)

REDACT = (
    Key(("↑", "↓", "←", "→"), "move the rectangle", "move", cap="Arrows"),
    Key(("Shift+↑", "Shift+↓", "Shift+←", "Shift+→"), "make it larger or smaller", "size", cap="Shift+arrows"),
    Key(("Enter",), "black it: first say why", "black it"),
    Key(("N",), "the next rectangle that is black already", "next black one"),
    Key(("Delete",), "take the black away again", "take away"),
    Key(("PgDn", "PgUp"), "another page of the exhibit", "page", cap="PgDn/PgUp"),
    Key(("Esc",), "back to the referral", "back"),
)

CHECK = (
    Key(("Ctrl+O",), "choose the file to check; or drop it anywhere on the window", "choose a file"),
    Key(("Esc",), "to the first place of the list", "leave"),
)

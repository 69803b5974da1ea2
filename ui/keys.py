"""Every key of every place, once: the foot of a page shows the short words, the help all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Key:
    """One or several keys that do the same kind of thing.

    `keys` names each as it is printed on the keyboard, `does` says what it does, `hint` says it in a word or two for
    the foot of the page (empty: the foot leaves it out), and `cap` writes several keys shorter than all their names.
    """

    keys: tuple[str, ...]
    does: str
    hint: str = ""
    cap: str = ""

    @property
    def shown(self) -> str:
        """The keys as they are shown."""
        return self.cap or " or ".join(self.keys)


def hints(keys: Sequence[Key]) -> tuple[tuple[str, str], ...]:
    """What the foot of a page shows: caps and short words."""
    return tuple((key.shown, key.hint) for key in keys if key.hint)


EXCEL = Key(("Ctrl+E",), "save the list that is shown as Excel, as it is narrowed and ordered", "Excel")

WINDOW = (
    Key(
        ("Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+5"),
        "go to Today, Registers, Pupils, Cases or Reports",
        cap="Ctrl+1 to Ctrl+5",
    ),
    Key(("Ctrl+K",), "find a child: a few letters of the name, then Enter"),
    Key(("F6",), "from the page to the list of places and back; the arrows move in the list"),
    Key(("Alt+S",), "the School menu"),
    Key(("F3",), "the watch list: who meets a threshold, a return due, a review"),
    Key(("F7",), "plan an absence or a trip, for a child or a class"),
    Key(("F11",), "who arrived elsewhere: trips, providers, other schools"),
    Key(("F12",), "the roll-call: whom to find; again, and you are back where you were"),
    Key(("Alt+C",), "the clock is right: where the window doubts it"),
    Key(("Ctrl+F11",), "the school is closed today, unexpectedly: type why"),
    Key(("F8",), "the hatch: late arrivals, signing out and in; nothing else is on the screen then"),
    Key(("Ctrl+H",), "hide every name at once, when a visitor stands at the desk; again, and they are back"),
    Key(("Ctrl+L",), "lock the screen"),
    Key(("Ctrl+Shift+U",), "somebody else takes over, with their own password"),
    Key(("Ctrl+Shift+P",), "paper: registers, roll-call, contact sheets, the continuity pack"),
    Key(("Shift+F11",), "type in a register that was taken on paper"),
    Key(("F1",), "this help, at the place you are in; again, and you are back"),
    Key(("Ctrl+Q",), "close the school"),
)

TODAY = (
    Key(("Enter",), "open the call to the family of the line you are on", "call"),
    Key(("I", "M", "O"), "any code gives the absence its reason", "give the reason", cap="I M O …"),
    Key(("Ctrl+T",), "the first who must be told today of that child was told", "told"),
    Key(("Ctrl+Z",), "take back the last reason given here", "undo"),
    Key(("F2",), "the page of that child", "the child’s page"),
    Key(("F4",), "how the figures of that child are reached; on no line, those of the school today"),
    EXCEL,
    Key(("Esc",), "give up what is half typed"),
)

DUE = (
    Key(("Enter",), "go where the line leads: the child, or who arrived elsewhere", "go there"),
    Key(("F4",), "how the figures of the child of the line are reached"),
    Key(("D",), "a task is done: type in one line what came of it; Enter closes it, Esc leaves it open", "task done"),
    Key(("G",), "give a task to somebody else: choose who, and Enter", "give it"),
)

CALL = (
    Key(("S",), "spoke: type what was said, Enter saves"),
    Key(("M",), "a message was left"),
    Key(("N",), "no answer"),
    Key(("W",), "wrong number: it is marked as wrong"),
    Key(("E",), "not known to be safe and well: the next step of the school’s policy is due today"),
    Key(("1", "2"), "dial another number of the family", "another number", cap="1 2 …"),
    Key(("L",), "log something else about the family: a text, a letter, a visit", "log something else"),
    Key(("PgDn", "PgUp"), "the next family, the family before", "another family", cap="PgDn/PgUp"),
    Key(("Enter", "Ctrl+Enter"), "save what was said; the next family comes"),
)

REGISTER = (
    Key(("A", "I", "N"), "any code is written and the cursor goes down", cap="A–Z"),
    Key(("Space", "/", "\\"), "present; morning and afternoon find their own stroke", "present", cap="Space / \\"),
    Key(
        ("L", "U"),
        "late: Enter takes the time it is now, or type minutes or a time; whether it is L or U is worked out",
        "minutes or time",
        cap="L",
    ),
    Key(("?",), "which code? Two plain questions propose one", "which code"),
    EXCEL,
    Key(("F9",), "whoever is expected and still blank is marked present"),
    Key(("Enter", "Shift+Enter"), "down, up"),
    Key(("Ctrl+↑", "Ctrl+↓", "Ctrl+←", "Ctrl+→"), "to the edge of the register", cap="Ctrl+arrow"),
    Key(
        ("Home", "End", "Ctrl+Home", "Ctrl+End"),
        "first, last session of the row; with Ctrl, of the class",
        cap="Home/End",
    ),
    Key(("Shift+↓", "Shift+↑"), "select several cells", cap="Shift+arrow"),
    Key(("Shift+Space", "Ctrl+Space"), "select the row, the session"),
    Key(("Ctrl+D",), "fill down: the mark above, or the top one of the selection", "fill"),
    Key(("Ctrl+R",), "fill right, in the same way"),
    Key(("Ctrl+Enter",), "put this mark in all selected cells"),
    Key(
        ("Ctrl+Shift+D", "Ctrl+Shift+R", "Ctrl+Shift+Enter"),
        "fill in the same three ways, over the marks that stand as well",
        cap="Ctrl+Shift+…",
    ),
    Key(("Ctrl+F",), "find a child of the class: letters of the name, then Enter", "find"),
    Key(("F2",), "the minutes of L or U, the note of any other mark"),
    Key(("Shift+F2",), "a note on the mark", "note"),
    Key(("Delete",), "blank again, while the register is open"),
    Key(
        ("Esc", "Backspace"),
        "take back a letter that waits; Esc also what is asked for in the cell: nothing is written",
    ),
    Key(("Ctrl+Z",), "undo", "undo"),
    Key(("Ctrl+Y", "Ctrl+Shift+Z"), "do again what was undone"),
    Key(("F4",), "one session as a list, and back to the week", "day or week"),
    Key(("Ctrl+Shift+H",), "every version of the cell, with who, when and why; again, and it is gone"),
    Key(("Alt+←", "Alt+→"), "the week before, the week after; in the day view, the day", cap="Alt+←/→"),
    Key(("Ctrl+;",), "back to the session at hand"),
    Key(("Ctrl+PgUp", "Ctrl+PgDn"), "the class before, the next class", cap="Ctrl+PgUp/PgDn"),
    Key(("Alt+Enter",), "the page of that child"),
)

PUPILS = (
    Key(("A", "B", "C"), "letters filter the list by name, class, band or flag", "filter", cap="A–Z"),
    Key(("Enter",), "open the child", "open"),
    EXCEL,
    Key(("Esc",), "show everyone again", "show all"),
    Key(("Alt+1", "Alt+2", "Alt+3", "Alt+4"), "everyone, below 95%, persistent, severe", cap="Alt+1 to Alt+4"),
    Key(("Ctrl+←", "Ctrl+→"), "sort by another column", "sort by", cap="Ctrl+←/→"),
    Key(("Ctrl+↑", "Ctrl+↓"), "lowest or highest first", "lowest or highest first", cap="Ctrl+↑/↓"),
    Key(("Ctrl+PgUp", "Ctrl+PgDn"), "one class after another", "class", cap="Ctrl+PgUp/PgDn"),
    Key(("F4",), "how the number of the child you are on is reached", "explain the number"),
    Key(("Ctrl+N",), "admit a pupil"),
)

ADMIT = (
    Key(("Ctrl+Enter",), "admit the child; where something is still asked for, the second time", "admit"),
    Key(("Enter",), "take over the parents of a brother or sister, in the line that asks for one"),
    Key(("Esc",), "back to the pupils; what is typed stays until the school is closed", "back to the pupils"),
)

NEW_YEAR = (
    Key(("Ctrl+Enter",), "say once more what would come of it; the second time, do it", "roll over"),
    Key(("Esc",), "back to the pupils", "back to the pupils"),
)

PUPIL = (  # those with a button of their own on the page are not in its foot
    Key(("L",), "log a call, letter, meeting or visit"),
    Key(("C",), "the child’s case"),
    Key(("B",), "letters to the parents of this child", "letter"),
    Key(("P",), "the particulars: correct them, and see what was recorded"),
    Key(("K",), "the contacts: put down, correct, end"),
    Key(("M",), "another class or year group, from a day", "class"),
    Key(("T",), "the timetable of fewer than all sessions: agree, change, end"),
    Key(("D",), "the days planned: absences and attendance elsewhere, past and coming"),
    Key(("R",), "off the roll, on a ground of the law", "leaves"),
    Key(("I",), "illness that is expected: so many school days, or until a day", "illness"),
    Key(("E",), "each parent apart: the ledger of what was said, sent, offered and asked"),
    Key(("S",), "safeguarding: the lead was told; the lead’s hold on the family", "safeguarding"),
    Key(("N",), "next steps: what the authority asks for in the child’s band, done and to do"),
    Key(("O",), "the objective, a target: set one, and see how it is being met"),
    Key(("G",), "the groups: free school meals, SEN, EHCP and the rest; begin, correct, end", "groups"),
    Key(("Y",), "the patterns in the attendance, each with its sessions"),
    Key(("F",), "look ahead: what the year can still come to, and what if so much more is missed"),
    Key(("V",), "leave of absence: put down that it was asked for, with what the family asked for before"),
    Key(("X",), "formal steps: penalty notices, Notice to Improve, contract, order and court"),
    Key(("F7",), "plan an absence for this child", "plan"),
    Key(("H",), "what was changed after a register had closed, on the screen and on paper", "changes"),
    Key(("F4",), "how the number is reached and why elsewhere it may be another; again: the year"),
    Key(("Ctrl+E",), EXCEL.does),  # its foot is full; the School menu says it
    Key(("Esc",), "back to the list", "back"),
)

CHRONOLOGY = (
    Key(("Enter",), "open the entry in full, with its files"),
    Key(("A",), "add to the entry you are on; to a referral, support or a plan, the answer", "add to"),
    Key(("W",), "withdraw the entry you are on", "withdraw"),
)

YEAR = (
    Key(("↑", "↓", "←", "→"), "by half a day, by a week", cap="Arrows"),
    Key(("Enter",), "the register of that session"),
)

LOG = (
    Key(
        ("P", "T", "E", "L", "M", "V"),
        "phone call, text, e-mail, letter, meeting, visit, while one of the kinds has the keyboard",
        cap="P T E L M V",
    ),
    Key(("O",), "another kind: letters of its name, ↑/↓, Enter"),
    Key(("Ctrl+Enter",), "save"),
    Key(("Esc",), "close; what you typed is kept for this child until you close the school"),
)

PREVIEW = (
    Key(("PgDn",), "next page", "next page"),
    Key(("PgUp",), "page before", "page before"),
    Key(("Home", "End"), "first page, last page"),
    Key(("F",), "the whole page in sight", "whole page"),
    Key(("W",), "as wide as the window", "page width"),
    Key(("+", "−"), "larger, smaller", "larger, smaller", cap="+/−"),
    Key(("Ctrl+S",), "save as a PDF file", "save"),
    Key(("Ctrl+P",), "print", "print"),
    Key(("Esc",), "back to where you came from", "back"),
)

IMPORT = (
    Key(("Ctrl+O",), "choose a file"),
    Key(("Ctrl+Enter",), "import what was shown"),
    Key(("Ctrl+E",), "save the list of what was brought in before as Excel"),
)

SETTINGS = (
    Key(("Ctrl+Enter",), "save: what stands there holds from now on", "save"),
    Key(("Esc",), "put back what holds; again, back to Today", "put back, leave"),
)

SCHOOL_YEAR = (
    Key(("Enter",), "change the line you are on; of a bank holiday that is only offered, close the school", "change"),
    Key(("Ctrl+N",), "add a term, a holiday, an INSET day, a closure", "add"),
    Key(("Delete",), "take the line you are on away, once it was said what would change", "take away"),
    Key(("Ctrl+F11",), "closed today, unexpectedly", "closed today"),
    Key(("Ctrl+Enter",), "in the form: say what would change; again, change it"),
    Key(("Alt+←", "Alt+→"), "the school year before, the school year after", "year", cap="Alt+←/→"),
    EXCEL,
    Key(("Esc",), "close the form; then back to the registers", "registers"),
)

PLAN = (
    Key(("Ctrl+Enter",), "plan it", "plan it"),
    Key(("Esc",), "back to the registers, or to the child you came from", "back"),
)

PLANS = (
    Key(("E",), "end the plan you are on now: the child is expected from the next session", "end now"),
    Key(("Delete",), "take it away; the second time, do it. Marks stay", "take away"),
    Key(("F7",), "plan another, for this child or for several", "another"),
    Key(("Ctrl+Enter",), "save what you changed of it", "save"),
    Key(("Esc",), "close", "close"),
)

CONFIRMING = (
    Key(("A",), "arrived: the child of the line, or on the line of a place all of them", "arrived"),
    Key(("Ctrl+Enter",), "all of the place the line belongs to arrived", "all of them"),
    Key(("N",), "did not go, and no reason yet: N, and whoever calls finds it", "did not go"),
    Key(
        ("I", "M", "/"),
        "did not go: ill, an appointment, or here at school instead",
        "ill, appointment, here",
        cap="I M /",
    ),
    Key(("R",), "no reply: the mark stays missing, and it is on Today to ask again", "no reply"),
    EXCEL,
    Key(("Esc",), "back to Today, or to the first place you may see", "leave"),
)

WEEK = (
    Key(("Enter",), "the register of the line you are on", "the register"),
    Key(("Ctrl+Enter",), "sign the week off, or open it again with a reason", "sign off"),
    Key(("Ctrl+P",), "the changes after the register closed, and registers on paper", "changes, on paper"),
    Key(("Alt+←", "Alt+→"), "the week before, the week after", "week", cap="Alt+←/→"),
    Key(("↑", "↓"), "in the list of the last weeks (Shift+Tab): another week", cap="↑/↓"),
    EXCEL,
    Key(("Esc",), "back to the registers", "registers"),
)

CHANGES = (
    Key(("Enter",), "the register of the line you are on", "the register"),
    Key(("Ctrl+P",), "the report as it will be on paper; there it is saved or printed", "report"),
    Key(("Ctrl+R",), "the register of the class chosen, of those days, on paper", "register"),
    Key(("Ctrl+S",), "save the lines as rows for Excel", "rows"),
    EXCEL,
    Key(("Esc",), "back to where you came from", "back"),
)

PAPER = (
    Key(("Ctrl+P",), "draw the pages and look at them; there they are saved or printed", "draw"),
    Key(("Ctrl+M",), "make the continuity pack of today now", "the pack now"),
    Key(("Esc",), "back to the registers", "registers"),
)

KEYING = (
    Key(
        ("A", "I", "N"),
        "a code as on the sheet, then Enter; L 12 for minutes, B and the place; an empty box leaves what stands",
        "a code, then Enter",
        cap="A–Z",
    ),
    Key(("/",), "present; morning and afternoon find their own stroke", "present"),
    Key(("Enter", "↓"), "the next child of the sheet", cap="Enter or ↓"),
    Key(("Shift+Enter", "↑"), "the child before", cap="Shift+Enter or ↑"),
    Key(("F9",), "whoever is still blank, with nothing planned, is present", "the rest present"),
    Key(("Ctrl+Enter",), "keep the register under both names", "keep it"),
    Key(("1", "2"), "where somebody wrote another mark meanwhile: theirs stays, or the paper’s stands", cap="1 2"),
    Key(("Esc",), "to the registers; what is half typed stays here", "registers"),
)

ROLL_CALL = (
    Key(("P",), "the list on paper: to look at, then print or save", "on paper"),
    Key(("Esc",), "back to exactly where you were", "back"),
    Key(("↑", "↓"), "up and down the list", cap="↑/↓"),
)

HATCH = (
    Key(
        ("A", "B", "C"),
        "three letters of the name, of forename and surname if need be; Enter",
        "three letters, Enter",
        cap="A–Z",
    ),
    Key(("Enter",), "the child of that name"),
    Key(("Esc",), "give the child up; with nothing typed, leave the hatch", "give up"),
)

HATCH_CHILD = (
    Key(("L",), "came late: then the reason by its number", "came late"),
    Key(("O",), "signs out, or signs in again", "signs out or in"),
)

STAFF = (
    Key(("Enter",), "the form of the person you are on", "the form"),
    Key(("Ctrl+N",), "somebody new", "somebody new"),
    Key(("Ctrl+Enter",), "save what the form says", "save"),
    Key(("Ctrl+Del",), "take away the way in of the person shown; the second time, do it", "take away"),
    EXCEL,
    Key(("Esc",), "give up what is half typed; with nothing typed, leave", "give up"),
)

GATE = (
    Key(("Enter",), "open with this password", "open"),
    Key(("F12",), "the roll-call, in a fire; again, and the screen is locked as before", "roll-call"),
)

ACCOUNT = (
    Key(("Ctrl+Enter",), "change your password", "change it"),
    Key(("Esc",), "leave; nothing is changed", "leave"),
)
LATE_SLIP = (
    Key(("Ctrl+P",), "a slip for the child who has just come late, while that is still said", "late slip"),
    Key(
        ("Ctrl+Z",), "take back the late mark just made, while that is still said: it was the wrong child", "take back"
    ),
)

HELP = (
    Key(("A", "B", "C"), "letters search the whole help", "search", cap="A–Z"),
    Key(("Ctrl+PgUp", "Ctrl+PgDn"), "the section before, the next section", "section", cap="Ctrl+PgUp/PgDn"),
    Key(("Alt+←",), "back to the section you came from", "back"),
    Key(("Esc",), "back to where you were; while searching, back to the section first", "close"),
)

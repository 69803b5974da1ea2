"""The keys of the places of monitoring: figures, groups, patterns, the watch list, reports (see `ui/keys.py`)."""

from __future__ import annotations

from ui.keys import EXCEL, Key

GROUPS = (
    Key(("Enter",), "to the members of the group; on a member, the page of that child", "members, then the child"),
    Key(("F4",), "how the figure of the group is reached", "explain the number"),
    Key(("Ctrl+N",), "several pupils into a group of the school’s own: Space ticks", "pupils into a group"),
    Key(("Ctrl+Enter",), "add whoever is ticked"),
    Key(("Ctrl+Del",), "end a group of the school’s own on that day; the second time, do it", "end the group"),
    EXCEL,
    Key(("Esc",), "give up, back to the groups; then leave", "back"),
)

EXPLAIN = (
    Key(("Alt+D",), "count as the DfE counts, or everyone on roll", "count as the DfE does"),
    Key(("Tab",), "from whose figure and which days to the sessions, and on to the words"),
    Key(("Esc",), "back to where you were", "back"),
)

COMPARISON = (
    Key(("↑", "↓"), "another figure; what is held against what is said below", cap="↑/↓"),
    Key(("F4",), "how our own figure of the line is reached", "explain the number"),
    Key(("Alt+P",), "the trend and the shape of absence in pictures, as a report", "in pictures"),
    Key(("Ctrl+O",), "bring in newer published figures", "newer figures"),
    Key(("Alt+T",), "the targets of the school and its classes", "targets"),
    Key(("Alt+B",), "back to the figures shipped with Rollbook", "the shipped ones"),
    Key(("Ctrl+Enter",), "keep the rows that you typed", "keep the rows"),
    Key(("Esc",), "back to Today", "back"),
)

TARGETS = (
    Key(("Enter",), "to the form of the line you are on", "the form"),
    Key(("F4",), "how the attendance of the line is reached", "explain the number"),
    Key(("Ctrl+Enter",), "set the target that stands in the form; one set before is replaced", "set it"),
    Key(("Ctrl+Del",), "take the target of the line back; the second time, do it", "take back"),
    EXCEL,
    Key(("Esc",), "give up what is half typed, back to the lines; then leave", "back"),
)

SCHOOL_LOG = (
    Key(("Ctrl+N",), "to the form: put down something new", "something new"),
    Key(("Ctrl+Enter",), "keep what stands in the form", "keep it"),
    Key(("Ctrl+Del",), "take the line back: then why, and Enter", "take back"),
    EXCEL,
    Key(("Esc",), "give up what is half typed, back to the lines; then leave", "back"),
)

STEPS = (
    Key(("Enter",), "begin the step: its log form, or the line that says what came of it", "begin"),
    Key(("T",), "put the step off to a day: it is a task then", "later"),
    Key(("Ctrl+Enter",), "save: done with what came of it, or put off", "save"),
)

PATTERNS = (
    Key(("↑", "↓"), "another pattern; its sessions stand below, and have a bar at their foot in the year", cap="↑/↓"),
    Key(("Enter",), "to the sessions of the pattern; there, the register of one"),
    Key(("Esc",), "back to the patterns; from there, close"),
)

WATCH = (
    Key(("Enter",), "the child of the line you are on, or the register", "open"),
    Key(("D",), "decide: type in one line what was decided; Enter keeps it, Esc leaves the line", "decide"),
    Key(("E",), "letters about every child of the chosen trigger", "letters"),
    Key(("Ctrl+PgUp", "Ctrl+PgDn"), "one trigger after another", "another trigger", cap="Ctrl+PgUp/PgDn"),
    EXCEL,
    Key(("Esc",), "back to Today, or to the first place you may see", "leave"),
)

DECIDING = (
    Key(("Enter",), "keep with the child what was decided", "keep it"),
    Key(("Esc",), "leave the line as it was, undecided", "leave it"),
)

REPORTS = (
    Key(("W", "P", "S"), "the first report that begins with the letter; again, the next", "a report", cap="A–Z"),
    Key(("Enter",), "in the list: save it as a PDF where the last one went; on a line about a child: open it", "save"),
    Key(("Ctrl+P",), "save as a PDF", "PDF"),
    Key(("Ctrl+E",), "save as an Excel workbook", "Excel"),
    Key(("Ctrl+Shift+S",), "save somewhere else: reports go there from then on", "elsewhere"),
    Key(("F4",), "explain the figures of the line: of a child, a class, a year or the school", "explain"),
    Key(("Esc",), "back to the list; from there, to the first place", "back"),
)

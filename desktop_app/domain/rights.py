"""What a member of staff may do: the rights that deeds ask for, and what the roles give."""

from __future__ import annotations

from enum import StrEnum


class Right(StrEnum):
    """One kind of deed or reading. Every action names the one it asks for; nobody has one that nothing gives."""

    OPEN = "open"
    """What anybody who may open the school sees: its name, its calendar, the fire list, who to ask."""
    READ_REGISTER = "read-register"
    TAKE_REGISTER = "take-register"
    """Marks of the present session: of one's own classes, or of all with `ALL_CLASSES`."""
    ALL_CLASSES = "all-classes"
    AMEND = "amend"
    """Marks of registers that have closed: how far back is decided by `amend_days`."""
    AMEND_CLOSED_WEEK = "amend-closed-week"
    CLOSE_WEEK = "close-week"
    HATCH = "hatch"
    PLAN = "plan"
    GRANT_LEAVE = "grant-leave"
    READ_PUPIL = "read-pupil"
    """A child's page: particulars, contacts, figures."""
    READ_REPORTS = "read-reports"
    """What is made for governors: nobody is named in it, and nobody can be found in it."""
    READ_FIGURES = "read-figures"
    """Figures of any class, year or group over any days."""
    READ_LOG = "read-log"
    LOG = "log"
    READ_CASE = "read-case"
    WRITE_CASE = "write-case"
    ADMIT = "admit"
    DELETE_FROM_ROLL = "delete-from-roll"
    CALENDAR = "calendar"
    SETTINGS = "settings"
    IMPORT = "import"
    PRINT_REGISTER = "print-register"
    CONTINUITY = "continuity"
    BACK_UP = "back-up"
    STAFF = "staff"
    HOLD = "hold"
    SEE_PROTECTED = "see-protected"
    NO_CONTACT = "no-contact"
    READ_HISTORY = "read-history"
    ASK_NOTICE = "ask-notice"
    """Ask the authority for a penalty notice, issue a Notice to Improve, and decide what came of one."""
    OVERRIDE_GUARD = "override-guard"
    """Send a letter of which the guard says that somebody should think twice, with a reason."""
    SIGN_CERTIFICATE = "sign-certificate"
    """Keep a certificate of attendance as signed: the headteacher’s own, by law."""
    TEMPLATES = "templates"
    """Change the words of letters, and the school’s own copy of an authority’s pack."""

    @property
    def words(self) -> str:
        """What it lets a person do, as the end of "may"."""
        return WORDS[self]


WORDS = {
    Right.OPEN: "open the school",
    Right.READ_REGISTER: "read registers",
    Right.TAKE_REGISTER: "take registers",
    Right.ALL_CLASSES: "take the register of every class",
    Right.AMEND: "change a register that has closed",
    Right.AMEND_CLOSED_WEEK: "change a week that was signed off",
    Right.CLOSE_WEEK: "sign off a week",
    Right.HATCH: "sign children in and out",
    Right.PLAN: "plan absences and timetables",
    Right.GRANT_LEAVE: "grant leave",
    Right.READ_PUPIL: "see a child’s page",
    Right.READ_REPORTS: "read the reports for governors",
    Right.READ_FIGURES: "see figures",
    Right.READ_LOG: "read the log of calls and letters",
    Right.LOG: "log calls, letters, meetings and visits",
    Right.READ_CASE: "read cases",
    Right.WRITE_CASE: "open cases and build bundles",
    Right.ADMIT: "admit pupils and change their particulars",
    Right.DELETE_FROM_ROLL: "take a pupil off the roll",
    Right.CALENDAR: "change the school year",
    Right.SETTINGS: "change the school’s settings",
    Right.IMPORT: "import lists",
    Right.PRINT_REGISTER: "print registers and contact sheets",
    Right.CONTINUITY: "make the continuity pack",
    Right.BACK_UP: "back up the school",
    Right.STAFF: "add and remove staff",
    Right.HOLD: "hold a family",
    Right.SEE_PROTECTED: "see a protected address",
    Right.NO_CONTACT: "change who may have no contact",
    Right.READ_HISTORY: "read the history of marks",
    Right.ASK_NOTICE: "ask for a penalty notice and issue a Notice to Improve",
    Right.OVERRIDE_GUARD: "send a letter the guard has doubts about",
    Right.SIGN_CERTIFICATE: "sign the certificate of attendance",
    Right.TEMPLATES: "change letters and the school’s own pack",
}

"""The analysis rhythms of a school as reports, from the three-weekly analysis to the year’s end."""

from __future__ import annotations

from desktop_app.actions.reports.below_national import below_national
from desktop_app.actions.reports.class_sheet import class_sheet
from desktop_app.actions.reports.governors import governors
from desktop_app.actions.reports.lead_sheets import dsl, pupil_premium, senco
from desktop_app.actions.reports.letter_figures import letter_figures
from desktop_app.actions.reports.meeting_papers import agenda, minutes
from desktop_app.actions.reports.pupil_summary import pupil_summary
from desktop_app.actions.reports.spec import ReportSpec
from desktop_app.actions.reports.targeted_support import targeted_support
from desktop_app.actions.reports.three_weekly import three_weekly
from desktop_app.actions.reports.year_end import year_end
from desktop_app.domain.rights import Right

RHYTHMS: tuple[ReportSpec, ...] = (
    ReportSpec(
        "three-weekly",
        "Three-weekly analysis",
        "Who is worse and who is better than three weeks ago, why, who was late, and who crossed a band",
        three_weekly,
        Right.READ_PUPIL,
    ),
    ReportSpec(
        "letters",
        "Figures for the half-termly letters",
        "Each child’s figures since September and this half term, and who is left out of the batch, with why",
        letter_figures,
        Right.READ_PUPIL,
    ),
    ReportSpec(
        "class-sheet",
        "Sheet for the class teacher",
        "One class: this week, this half term and since September",
        class_sheet,
        Right.READ_PUPIL,
        frozenset({"class_name"}),
    ),
    ReportSpec(
        "senco",
        "Sheet for the SENCo",
        "EHCP, SEN support, medical needs and part-time timetables: figures, what was done and what is due",
        senco,
        Right.READ_LOG,
    ),
    ReportSpec(
        "dsl",
        "Sheet for the safeguarding lead",
        "Children known to social care, who of them is away today, severe absence, and held families",
        dsl,
        Right.READ_CASE,
    ),
    ReportSpec(
        "pupil-premium",
        "Sheet for the pupil-premium lead",
        "Pupil premium beside the rest, and each pupil: figures, what was done and what is due",
        pupil_premium,
        Right.READ_LOG,
    ),
    ReportSpec(
        "targeted-support",
        "Targeting Support Meeting",
        "Severely absent with plan or none, persistently absent with barriers, others by exception",
        targeted_support,
        Right.READ_LOG,
        handed_on=True,
    ),
    ReportSpec(
        "agenda",
        "Agenda of a meeting about a child",
        "Panel, improvement meeting or team around the family: the pack’s points, and what is on record",
        agenda,
        Right.READ_CASE,
        frozenset({"pupil", "meeting"}),
        handed_on=True,
    ),
    ReportSpec(
        "minutes",
        "Minutes of a meeting about a child",
        "The last such meeting, from its entry: who was there, what was agreed, who does what by when",
        minutes,
        Right.READ_CASE,
        frozenset({"pupil", "meeting"}),
        handed_on=True,
    ),
    ReportSpec(
        "pupil-summary",
        "Attendance summary of a child",
        "One sheet for a PEP, an EHCP review, a child protection conference or a TAF",
        pupil_summary,
        Right.READ_PUPIL,
        frozenset({"pupil"}),
        handed_on=True,
    ),
    ReportSpec(
        "below-national",
        "Below England’s average last year",
        "September’s list for targets: who came less last school year than pupils in England did",
        below_national,
        Right.READ_PUPIL,
    ),
    ReportSpec(
        "governors",
        "Report to governors",
        "Attendance and absence by group, trend, what was done: it names nobody, and no group of fewer than ten",
        governors,
        Right.READ_REPORTS,
        frozenset({"first"}),
        public=True,
    ),
    ReportSpec(
        "year-end",
        "Summary of the school year",
        "Half terms, years, classes, groups, bands and reasons, against the year before",
        year_end,
        Right.READ_REGISTER,
        frozenset({"comparable"}),
    ),
)
"""In the order of the school’s year: three weeks, half term, term and year."""

"""The rooms behind the door: what each adds to the arguments, and what runs there."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from desktop_app.cli import (
    ahead,
    calls,
    case,
    clock,
    comparing,
    contract,
    court,
    evidence,
    explain,
    exporting,
    figures,
    leave,
    letter,
    log,
    notice,
    packs,
    paper,
    plan,
    register,
    reports,
    returns,
    school_log,
    statements,
    task,
    watching,
    week,
)
from desktop_app.cli.answers import Answer
from desktop_app.cli.kinds import Adder
from desktop_app.context import Context

Run = Callable[[Context, Namespace], Answer]


@dataclass(frozen=True, slots=True)
class Room:
    """The commands of one subject. `runs` has, by command, what runs in the open school and whether it writes; one that
    opens no school is not among them."""

    add: Callable[[Adder], None]
    runs: Mapping[str, tuple[Run, bool]] = field(default_factory=dict[str, tuple[Run, bool]])


ROOMS: tuple[Room, ...] = (
    Room(calls.add, {"call-list": (calls.run, False)}),
    Room(calls.add_early, {"early-calls": (calls.run_early, True)}),
    Room(calls.add_texts, {"texts": (calls.run_texts, True)}),
    Room(packs.add),
    Room(packs.add_pack),
    Room(log.add, {"log": (log.run, True)}),
    Room(figures.add, {"figures": (figures.run, False)}),
    Room(register.add, {"register": (register.run, False)}),
    Room(register.add_history, {"history": (register.run_history, False)}),
    Room(plan.add, {"plan": (plan.run, True)}),
    Room(week.add, {"close-week": (week.run, True)}),
    Room(paper.add, {"paper": (paper.run, False)}),
    Room(clock.add, {"clock": (clock.run, True)}),
    Room(comparing.add_crossings, {"crossings": (comparing.run_crossings, False)}),
    Room(comparing.add_compare, {"compare": (comparing.run_compare, False)}),
    Room(comparing.add_target, {"target": (comparing.run_target, True)}),
    Room(comparing.add_target_list, {"target-list": (comparing.run_target_list, False)}),
    Room(watching.add, {"due": (watching.run, False)}),
    Room(watching.add_decide, {"decide": (watching.run_decide, True)}),
    Room(watching.add_expect, {"expect-illness": (watching.run_expect, True)}),
    Room(letter.add, {"letter": (letter.run, True)}),
    Room(explain.add, {"explain": (explain.run, False)}),
    Room(ahead.add, {"forecast": (ahead.run, False)}),
    Room(ahead.add_patterns, {"patterns": (ahead.run_patterns, False)}),
    Room(reports.add, {"report": (reports.run, False)}),
    Room(reports.add_list, {"reports": (reports.run_list, False)}),
    Room(returns.add, {"returns": (returns.run, True)}),
    Room(evidence.add, {"bundle": (evidence.bundle, True)}),
    Room(evidence.add_readiness, {"readiness": (evidence.readiness, False)}),
    Room(evidence.add_verify, {"verify": (evidence.verify, False)}),
    Room(statements.add, {"statement": (statements.run, False)}),
    Room(statements.add_list, {"statements": (statements.run_list, False)}),
    Room(statements.add_sign, {"sign": (statements.run_sign, True)}),
    Room(exporting.add, {"export": (exporting.run, False)}),
    Room(exporting.add_list, {"exports": (exporting.run_list, False)}),
    Room(school_log.add, {"school-log": (school_log.run, True)}),
    Room(
        case.add,
        {
            "case open": (case.run_open, True),
            "case step": (case.run_step, True),
            "case show": (case.run_show, False),
        },
    ),
    Room(task.add, {"task list": (task.run_list, False), "task give": (task.run_give, True)}),
    Room(notice.add, {"notice": (notice.run, True)}),
    Room(
        court.add,
        {
            "court list": (court.run_list, False),
            "court order": (court.run_order, True),
            "court hearing": (court.run_hearing, True),
            "court consider": (court.run_consider, True),
            "court refer": (court.run_refer, True),
            "court answer": (court.run_answer, True),
        },
    ),
    Room(
        contract.add,
        {
            "contract list": (contract.run_list, False),
            "contract make": (contract.run_make, True),
            "contract check": (contract.run_check, True),
            "contract broken": (contract.run_broken, True),
            "contract decided": (contract.run_decided, True),
            "contract end": (contract.run_end, True),
        },
    ),
    Room(
        leave.add,
        {
            "leave ask": (leave.run_ask, True),
            "leave decide": (leave.run_decide, True),
            "leave letters": (leave.run_letters, True),
            "leave take-back": (leave.run_take_back, True),
            "leave list": (leave.run_list, False),
        },
    ),
)
"""A new room is one line here, and nowhere else."""

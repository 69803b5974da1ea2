"""The school’s rule for rewards: read and chosen."""

from __future__ import annotations

from desktop_app.actions.needs import needs
from desktop_app.context import Context
from desktop_app.domain.progress import Changes
from desktop_app.domain.rights import Right
from desktop_app.domain.school import Setting
from desktop_app.ports import BookReading
from desktop_app.rules.rewards import SETTING, RewardRule, rule_of


@needs(Right.OPEN)
def reward_rule(context: Context) -> RewardRule:
    """The rule in force."""
    with context.store.reading() as reading:
        return rule_in(reading.book)


@needs(Right.SETTINGS)
def choose_reward_rule(context: Context, rule: RewardRule) -> Changes:
    """Let a rule hold from now on. Lists made as at an earlier moment keep the one that held then."""
    with context.store.writing(context.deed("rule for rewards")) as writing:
        if rule_in(writing.book) is rule:
            return Changes()
        writing.book.put(Setting(SETTING, rule.value))
    return Changes(book=True)


def rule_in(book: BookReading) -> RewardRule:
    """The rule that a book has."""
    return rule_of(next((one.value for one in book.all(Setting) if one.key == SETTING), ""))

"""What an action asks of whoever does it: said once, above the action, and checked before anything else is."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from desktop_app.context import Context
from desktop_app.domain.rights import Right

P = ParamSpec("P")
T = TypeVar("T")
Action = Callable[Concatenate[Context, P], T]


def needs(right: Right) -> Callable[[Action[P, T]], Action[P, T]]:
    """Mark an action, whose first argument is the context, with the right it asks for. Without it the action raises
    `NotAllowed` and does nothing; a generator, too, is refused when it is asked for and not when it is begun."""

    def marked(action: Action[P, T]) -> Action[P, T]:
        @wraps(action)
        def checked(context: Context, /, *args: P.args, **kwargs: P.kwargs) -> T:
            context.require(right)
            return action(context, *args, **kwargs)

        checked.needs = right  # type: ignore[attr-defined]
        return checked

    return marked


def needed_by(action: Callable[..., object]) -> Right | None:
    """The right an action asks for; None where it names none."""
    return getattr(action, "needs", None)

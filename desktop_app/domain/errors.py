"""The errors a user is told of. Each message is a plain sentence, ready to be shown."""

from __future__ import annotations


class Refused(Exception):  # noqa: N818 - what happened, not what kind of class it is
    """The deed is not allowed or the input is bad; nothing was changed."""


class NotAllowed(Refused):
    """The person who is signed in has not the right to do it; `may` says what, as the end of "may"."""

    def __init__(self, name: str, may: str) -> None:
        super().__init__(f"{name} may not {may}. Ask the headteacher, who can give that right.")


class WrongPassword(Refused):
    """The user or the password is wrong; which of the two is not said."""

    def __init__(self) -> None:
        super().__init__("The user name or the password is not right.")


class Locked(Refused):
    """Somebody else has the file open for writing. `holder` says who, where and since when."""

    def __init__(self, holder: str) -> None:
        super().__init__(f"This school is open for writing by {holder}. Close it there first, or open it to read only.")
        self.holder = holder


class StillToCome(Refused):
    """It is said of a time that has not come yet: nobody can have arrived then."""


class Damaged(Refused):
    """The file is not a Rollbook school, is from a newer version, or is damaged; it was not touched."""


class Clash(Refused):
    """Another mark stands there than the one that was seen when this one was given; a person has to choose."""


class ChangedSince(Refused):
    """What would be undone no longer stands as the deed left it: undoing would take another person’s mark away."""


class NeedsReason(Refused):
    """A closed register would change: the law asks for a reason (SI 2024/208; see the rulebook)."""

    def __init__(self, session: str) -> None:
        super().__init__(
            f"The register for {session} is closed. Say why the mark changes; the first mark stays on record."
        )

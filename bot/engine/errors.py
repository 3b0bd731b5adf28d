"""What can go wrong on the way out, and what has to be known first."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.errors import MilepostError


class AuthorityUnasked(MilepostError):
    """The answer hangs on whether the sender may manage the chat: ask the platform, and hand the message in again."""


class SendFailed(MilepostError):
    """A platform did not take a message.

    `permanent`: this chat will not take any more (blocked, gone); do not try again until the learner speaks.
    `in_doubt`: it may have arrived all the same. `retry_after`: how long the platform asked us to wait.
    `outage`: the platform as a whole seems to be away.
    """

    def __init__(
        self, problem: str, *, permanent: bool = False, in_doubt: bool = False, retry_after: timedelta | None = None,
        outage: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(problem)
        self.permanent = permanent
        self.in_doubt = in_doubt
        self.retry_after = retry_after
        self.outage = outage

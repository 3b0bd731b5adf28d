"""What the engine asks of the storage about a person's accounts, in one transaction. Reached through `storing.Work`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.evidence import Evidence
from bot.domain.joining import Joining
from bot.domain.learner import Identity
from bot.domain.linking import LinkCode


class Accounts(Protocol):
    """The accounts of a person, and the codes by which they come together."""

    async def keep_code(self, mark: str, code: LinkCode) -> None:
        """Keep a code by its fingerprint, in place of any that its learner has open."""

    async def code(self, mark: str) -> LinkCode | None:
        """The code with that fingerprint, until it is an hour old."""

    async def use_code(self, mark: str) -> bool:
        """Make a code used. False when it is not there, or somebody was quicker."""

    async def hold(self, *learner_ids: int) -> None:
        """Keep others from changing these learners and their plans until the transaction ends."""

    async def last_act(self, learner_id: int) -> datetime | None:
        """When a learner last changed anything that can be undone."""

    async def join(self, joining: Joining) -> None:
        """Make two learners one: accounts, plans, deliveries, quizzes, budgets and what else hangs on them."""

    async def leave(self, learner_id: int, platform: str) -> None:
        """Take a learner's account on a platform away; it is nobody's then."""

    async def refresh(self, identity: Identity) -> None:
        """Note an account's chat and whether it can be reached. Nothing happens for one that is nobody's any more."""


class Portfolio(Protocol):
    """What learners handed in for their projects. Links come and go by `Work.apply`, so that they can be undone."""

    async def of(self, learner_id: int) -> Sequence[Evidence]:
        """All links of a learner, oldest first."""

    async def latest(self, learner_ids: Sequence[int]) -> Mapping[int, Evidence]:
        """The newest link for a project of each of these learners, by learner; those who have none are left out."""

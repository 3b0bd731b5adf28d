"""A person's accounts in plain dictionaries."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.joining import Joining
from bot.domain.learner import Identity
from bot.domain.linking import WINDOW, LinkCode
from bot.storage import memory_joining
from bot.storage.memory_groups import MemoryGroups
from bot.storage.memory_state import State


class MemoryAccounts:
    """See `bot.engine.people.Accounts`."""

    def __init__(self, state: State) -> None:
        self._state = state

    async def keep_code(self, mark: str, code: LinkCode) -> None:
        """See `Accounts.keep_code`."""
        for other, kept in list(self._state.link_codes.items()):
            if (kept.learner_id == code.learner_id and not kept.used) or kept.made_at <= code.made_at - WINDOW:
                del self._state.link_codes[other]
        self._state.link_codes[mark] = code

    async def code(self, mark: str) -> LinkCode | None:
        """See `Accounts.code`."""
        return self._state.link_codes.get(mark)

    async def use_code(self, mark: str) -> bool:
        """See `Accounts.use_code`."""
        code = self._state.link_codes.get(mark)
        if code is None or code.used:
            return False
        self._state.link_codes[mark] = replace(code, used=True)
        return True

    async def hold(self, *learner_ids: int) -> None:
        """See `Accounts.hold`. There is but one transaction at a time."""

    async def last_act(self, learner_id: int) -> datetime | None:
        """See `Accounts.last_act`."""
        return max((at for owner, _, _, at in self._state.journal.values() if owner == learner_id), default=None)

    async def join(self, joining: Joining) -> None:
        """See `Accounts.join`."""
        state = self._state
        groups = MemoryGroups(state.groups, state.learners, state.enrollments, state.number)
        await groups.absorb(joining.learner.id, joining.gone_id)
        memory_joining.join(state, joining)

    async def leave(self, learner_id: int, platform: str) -> None:
        """See `Accounts.leave`."""
        state = self._state
        state.identities = {
            key: (owner, identity)
            for key, (owner, identity) in state.identities.items()
            if (owner, identity.platform) != (learner_id, platform)
        }
        state.link_codes = {
            mark: code
            for mark, code in state.link_codes.items()
            if (code.learner_id, code.platform) != (learner_id, platform)
        }

    async def refresh(self, identity: Identity) -> None:
        """See `Accounts.refresh`."""
        key = identity.platform, identity.external_id
        if key in self._state.identities:
            self._state.identities[key] = (self._state.identities[key][0], identity)

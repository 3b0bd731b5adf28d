"""Pushes over Telegram."""

from __future__ import annotations

from datetime import timedelta

from bot.adapters.telegram.parts import parts
from bot.adapters.telegram.post import Post, Target
from bot.adapters.telegram.raw import PLATFORM
from bot.adapters.telegram.signing import ANYBODY, Signer
from bot.engine.errors import SendFailed
from bot.engine.group_ports import ChatPost
from bot.engine.ports import Push

PATIENCE = 5.0
"""Seconds a push waits for a pause to end; after that it goes back to the outbox, so that no claim is held for long."""

BEGUN = 1000
"""So many half-sent pushes are remembered."""


class TelegramTransport:
    """See `Transport`."""

    platform = PLATFORM

    def __init__(self, post: Post, signer: Signer, parallel: int = 1) -> None:
        # Telegram cannot tell a repeat from a new message: with one on its way, only one is in doubt after a crash.
        self.parallel = parallel
        self._post = post
        self._signer = signer
        self._arrived: dict[str, int] = {}

    async def send(self, push: Push) -> None:
        """See `Transport.send`."""
        self._not_held(push.chat_id)
        made = parts(push.message, lambda action: self._signer.sign(push.to.external_id, action))
        key = f"{push.delivery.key}/{push.chat_id}"
        arrived = self._arrived.pop(key, 0)
        try:
            for part in made[arrived:]:
                await self._post.push(part, _target(push))
                arrived += 1
        except SendFailed:
            self._keep(key, arrived)
            raise

    def _keep(self, key: str, arrived: int) -> None:
        """Remember how much of a push has arrived: the next try goes on from there. The plans that ship fit one
        message; after a crash a longer one begins anew."""
        if arrived:
            if len(self._arrived) >= BEGUN:
                self._arrived.pop(next(iter(self._arrived)))
            self._arrived[key] = arrived

    async def post(self, post: ChatPost) -> None:
        """See `Transport.post`. The buttons are for everybody; a topic that is gone is not made up for elsewhere."""
        self._not_held(post.to.chat_id)
        target = Target.of(post.to, strict=True)
        for part in parts(post.message, lambda action: self._signer.sign(ANYBODY, action)):
            await self._post.push(part, target)

    def _not_held(self, chat: str) -> None:
        """Nothing is claimed for as long as Telegram wants us to wait. Raises `SendFailed`."""
        held = self._post.pacing.held(chat)
        if held > PATIENCE:
            raise SendFailed("Telegram asked us to wait", retry_after=timedelta(seconds=held))


def _target(push: Push) -> Target:
    if push.place is None:
        return Target(int(push.to.chat_id))
    thread = int(push.place.thread_id) if push.place.thread_id else None
    return Target(int(push.place.chat_id), group=True, thread_id=thread, strict=True)

"""Pushes over Telegram."""

from __future__ import annotations

from datetime import timedelta

from bot.adapters.telegram.failures import ThreadGone
from bot.adapters.telegram.parts import parts
from bot.adapters.telegram.post import Post, Target
from bot.adapters.telegram.signing import ANYBODY, Signer
from bot.adapters.telegram.updates import PLATFORM
from bot.engine.errors import SendFailed
from bot.engine.group_ports import ChatPost
from bot.engine.ports import Push

PATIENCE = 5.0
"""Seconds a push waits for a pause to end; after that it goes back to the outbox, so that no claim is held for long."""


class TelegramTransport:
    """See `Transport`."""

    platform = PLATFORM
    parallel = 1  # Telegram cannot tell a repeat from a new message: after a crash only one is in doubt

    def __init__(self, post: Post, signer: Signer) -> None:
        self._post = post
        self._signer = signer

    async def send(self, push: Push) -> None:
        """See `Transport.send`."""
        self._not_held(push.to.chat_id)
        for part in parts(push.message, lambda action: self._signer.sign(push.to.external_id, action)):
            await self._post.push(part, Target(int(push.to.chat_id)))

    async def post(self, post: ChatPost) -> None:
        """See `Transport.post`. The buttons are for everybody; a topic that is gone is not made up for elsewhere."""
        self._not_held(post.to.chat_id)
        target = Target.of(post.to, strict=True)
        try:
            for part in parts(post.message, lambda action: self._signer.sign(ANYBODY, action)):
                await self._post.push(part, target)
        except ThreadGone as gone:
            raise SendFailed(str(gone), permanent=True) from gone

    def _not_held(self, chat: str) -> None:
        """Nothing is claimed for as long as Telegram wants us to wait. Raises `SendFailed`."""
        held = self._post.pacing.held(chat)
        if held > PATIENCE:
            raise SendFailed("Telegram asked us to wait", retry_after=timedelta(seconds=held))

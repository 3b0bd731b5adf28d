"""An answer as the messages Discord will show: plain values, worked out before anything is sent."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import discord

from bot.adapters.discord.components import ROWS, view_of
from bot.adapters.discord.signing import ANYBODY, Signer
from bot.domain.message import Attachment, Button, Image, Rendered
from bot.rendering.discord_markup import DISCORD, escape
from bot.rendering.markup import blocks
from bot.rendering.pieces import packed, utf16

log = logging.getLogger(__name__)

CONTENT, EMBED = 2000, 4096
SHARE = "!share"
SHAREABLE = frozenset({"progress", "finished", "week", "plan", "done"})
"""Answers about which somebody may want to tell others; in a server they come with a button for it."""
NO_PINGS = discord.AllowedMentions.none()


@dataclass(frozen=True, slots=True)
class Part:
    """One message: words with buttons, pictures and files. `edits` asks to change the tapped one."""

    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    images: tuple[Image, ...] = ()
    files: tuple[Attachment, ...] = ()
    owner: str = ANYBODY
    private: bool = True
    edits: bool = False

    def for_send(self, signer: Signer) -> dict[str, Any]:
        """What `send` takes. Made anew for each try, since a file can be read once."""
        made: dict[str, Any] = {"allowed_mentions": NO_PINGS, **self._words()}
        view, files = view_of(self.rows, signer, self.owner), self._files()
        return made | ({"view": view} if view else {}) | ({"files": files} if files else {})

    def for_edit(self, signer: Signer) -> dict[str, Any]:
        """What an edit takes: what this part lacks is taken off the message."""
        words = {"content": None, "embeds": [], **self._words()}
        view = view_of(self.rows, signer, self.owner)
        return {"allowed_mentions": NO_PINGS, "view": view, "attachments": self._files(), **words}

    def _words(self) -> dict[str, Any]:
        if utf16(self.text) > CONTENT:
            return {"embeds": [discord.Embed(description=self.text)]}
        return {"content": self.text} if self.text else {}

    def _files(self) -> list[discord.File]:
        made = [discord.File(io.BytesIO(f.content), f.name) for f in self.files]
        return [*made, *(found for image in self.images if (found := _picture(image)))]


def parts(reply: Rendered, owner: str, *, shared: bool = False, share: str = "") -> list[Part]:
    """The messages of one answer, in order; buttons stand under the last, files go with the first. `share` is what
    the button says that shows a private answer to everybody."""
    made = [Part(text, owner=owner, private=reply.private) for text in _texts(reply, shared)]
    anybody = shared and not reply.private
    made[-1] = replace(made[-1], rows=_rows(reply, share if shared else ""), owner=ANYBODY if anybody else owner)
    made[0] = replace(made[0], images=reply.images, files=reply.files, edits=reply.replaces)
    return made


def _texts(reply: Rendered, shared: bool) -> list[str]:
    """One message if the words fit, an embed if they fit there, else several."""
    made = [_everyones_time(block, reply) if shared else block for block in blocks(reply.text, DISCORD)]
    whole = "\n\n".join(made)
    return [whole] if utf16(whole) <= EMBED else packed(made, CONTENT)


def _everyones_time(text: str, reply: Rendered) -> str:
    """Where others may read: each instant as every reader's own clock shows it."""
    for words, at in reply.times.items():
        text = text.replace(escape(words), f"<t:{int(at.timestamp())}:f>")
    return text


def _rows(reply: Rendered, share: str) -> tuple[tuple[Button, ...], ...]:
    if share and reply.private and reply.template in SHAREABLE and len(reply.buttons) < ROWS:
        return (*reply.buttons, (Button(share, SHARE),))
    return reply.buttons


def _picture(image: Image) -> discord.File | None:
    """A picture ready to send; None when it is gone, as after a restart."""
    try:
        content = Path(image.path).read_bytes()
    except OSError:
        log.warning("the picture %s is gone; its words go alone", image.path)
        return None
    return discord.File(io.BytesIO(content), Path(image.path).name, description=image.alt[:1024])

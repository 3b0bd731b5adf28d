"""An answer as the messages Telegram will show: plain values, worked out before anything is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.adapters.telegram.html import CAPTION_LIMIT, HTML, cut, shown, units
from bot.domain.message import Attachment, Button, Image, Rendered
from bot.rendering.markup import convert

Sign = Callable[[str], str]
MAX_BUTTONS_A_ROW = 8


@dataclass(frozen=True, slots=True)
class Part:
    """One message: words with buttons, a picture with a caption, or a file. `edits` asks to change the tapped one."""

    html: str = ""
    keyboard: InlineKeyboardMarkup | None = None
    image: Image | None = None
    file: Attachment | None = None
    edits: bool = False

    @property
    def plain(self) -> str:
        """The words without markup, for when Telegram will not have it."""
        return shown(self.html)


def parts(reply: Rendered, sign: Sign) -> list[Part]:
    """The messages of one answer, in order."""
    made = [*_words(reply, sign), *(Part(file=file) for file in reply.files)]
    return [replace(made[0], edits=reply.replaces and not reply.images), *made[1:]] if made else []


@lru_cache(maxsize=256)
def _markup(text: str) -> str:
    """A text as HTML. Kept for a while: a week's plan and a help page are the same for everybody who is there."""
    return convert(text, HTML)


def _words(reply: Rendered, sign: Sign) -> Iterator[Part]:
    keyboard = _keyboard(reply.buttons, sign)
    markup = _markup(reply.text)
    if len(reply.images) == 1 and units(shown(markup)) <= CAPTION_LIMIT:
        yield Part(markup, keyboard, image=reply.images[0])
        return
    for image in reply.images:
        yield Part(convert(image.alt[:CAPTION_LIMIT], HTML), image=image)
    texts = cut(markup)
    for number, text in enumerate(texts, 1):
        yield Part(text, keyboard if number == len(texts) else None)


def _keyboard(rows: Sequence[Sequence[Button]], sign: Sign) -> InlineKeyboardMarkup | None:
    made = [[_button(b, sign) for b in row[:MAX_BUTTONS_A_ROW]] for row in rows]
    return InlineKeyboardMarkup(made) if made else None


def _button(button: Button, sign: Sign) -> InlineKeyboardButton:
    return InlineKeyboardButton(button.label, callback_data=sign(button.action))


def linked(reply: Rendered, url: str) -> Part:
    """A short answer whose first button opens an address."""
    label = reply.buttons[0][0].label
    return Part(convert(reply.text, HTML), InlineKeyboardMarkup([[InlineKeyboardButton(label, url=url)]]))


def readable(image: Image) -> bytes | None:
    """A picture's bytes; None when it is gone, as after a restart."""
    try:
        return Path(image.path).read_bytes()
    except OSError:
        return None

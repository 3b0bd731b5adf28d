"""What comes in and what goes out, in words every platform shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.answer import Question


class ChatKind(StrEnum):
    """A chat between two, or one with others in it."""

    DIRECT = "direct"
    GROUP = "group"


class Authority(StrEnum):
    """Whether somebody may manage the chat they speak in, as its platform tells: an administrator of a Telegram group,
    a permission on Discord. `UNASKED` is where the platform can be asked and was not yet; `UNKNOWN` where it cannot."""

    MANAGES = "manages"
    NONE = "none"
    UNASKED = "unasked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ChannelRef:
    """Where a message was said or should go. `thread_id` is a forum topic or a thread inside the chat."""

    platform: str
    chat_id: str
    kind: ChatKind = ChatKind.DIRECT
    name: str = ""
    thread_id: str = ""


@dataclass(frozen=True, slots=True)
class Sender:
    """The account that spoke. `zone` is set only where the platform knows it (the terminal does)."""

    external_id: str
    name: str = ""
    locale: str = ""
    zone: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One thing said or tapped. `event_id` is the platform's own and is answered once; `mentioned` says
    that in a group it was meant for the mentor; `beneath` are the actions of the buttons under the mentor's message
    that it replies to, where the platform tells; `authority` is the sender's over the chat."""

    platform: str
    event_id: str
    sender: Sender
    channel: ChannelRef
    at: datetime
    text: str = ""
    button: str = ""
    mentioned: bool = False
    beneath: tuple[str, ...] = ()
    authority: Authority = Authority.UNKNOWN


@dataclass(frozen=True, slots=True)
class Button:
    """Something to tap. In a `Reply` the label is the name of one, in a `Rendered` it is words.

    `action` is a command line such as `done pandas-clean-csv`, at most 48 bytes of ASCII, so that a
    platform can sign it and still stay within its limit.
    """

    label: str
    action: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Image:
    """A picture beside the words, with the words for those who cannot see it. `svg` is how it is drawn; `path` is the
    file it was drawn to, "" until it is."""

    alt: str
    path: str = ""
    svg: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file sent along with the words."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Reply:
    """What to say: a template's name and what fills it. `replaces` asks to edit the tapped message in place.

    `question` is one that a language model may answer better, where there is one, after the transaction. `picture`
    names a template of a picture that the same data fills, with its words for those who cannot see it.
    """

    template: str
    data: Mapping[str, object] = field(default_factory=dict)
    buttons: tuple[tuple[Button, ...], ...] = ()
    private: bool = True
    replaces: bool = False
    images: tuple[Image, ...] = ()
    files: tuple[Attachment, ...] = ()
    question: Question | None = None
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A reply in words: `text` is CommonMark, buttons are in rows. `times` says which instants stand in the text and
    how they are written there, for platforms that can show each reader their own."""

    template: str
    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    private: bool = True
    replaces: bool = False
    images: tuple[Image, ...] = ()
    files: tuple[Attachment, ...] = ()
    times: Mapping[str, datetime] = field(default_factory=dict, compare=False)

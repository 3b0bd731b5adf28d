"""What the engine asks of the world but storage: the clock, platforms, words, pictures, the notes and the models."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.answer import Answer, Exercise, Likely, Question, Spender
from bot.domain.delivery import Delivery
from bot.domain.intent import Intent, Scene, Understood
from bot.domain.learner import Identity, Preferences
from bot.domain.message import Rendered, Reply
from bot.domain.posting import Posting
from bot.domain.push_place import PushPlace
from bot.domain.topic import QuizItem, Topic
from bot.engine.group_ports import ChatPost


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""


@dataclass(frozen=True, slots=True)
class Push:
    """A delivery or a posting on its way to a learner: what it is, whom it is for, and the words. `place` is where
    others read it too, None for the direct chat."""

    delivery: Delivery | Posting
    to: Identity
    message: Rendered
    place: PushPlace | None = None

    @property
    def chat_id(self) -> str:
        """The chat it goes to."""
        return self.place.chat_id if self.place else self.to.chat_id


class Transport(Protocol):
    """A chat platform, as the dispatcher sees it. `parallel` pushes may be on their way at once: after a crash that
    many are in doubt, so a platform that cannot tell a repeat from a new message keeps it small."""

    platform: str
    parallel: int

    async def send(self, push: Push) -> None:
        """Send a push to its chat. Raises `SendFailed`."""

    async def post(self, post: ChatPost) -> None:
        """Post to a group, a topic, a channel or a thread. Raises `SendFailed`, permanent when that is closed to us."""


class Renderer(Protocol):
    """Turns replies into words."""

    def render(self, reply: Reply, preferences: Preferences) -> Rendered:
        """The reply in the learner's language, with times in the learner's zone."""


class Painter(Protocol):
    """Draws pictures."""

    async def painted(self, rendered: Rendered) -> Rendered:
        """The same message with its pictures drawn to files; without those that cannot be. Never raises."""


class Reader(Protocol):
    """Understands free text."""

    def read(self, text: str, scene: Scene) -> Understood:
        """What the text asks for. Never raises and never waits."""


class Sentences(Protocol):
    """Knows lines that mean a command as a whole."""

    def command_in(self, text: str) -> str:
        """The command line that a text means; "" when it is none of these."""


class Places(Protocol):
    """Knows where cities are."""

    def zones(self, text: str) -> Sequence[str]:
        """IANA zones that a city, country or zone name could mean, best first; empty when none."""

    def names(self, text: str) -> bool:
        """Whether a place is named letter for letter, and not merely one that is written much alike."""


class Library(Protocol):
    """The study notes and their quizzes."""

    def __iter__(self) -> Iterator[Topic]:
        """Every note."""

    def find(self, name: str) -> Topic | None:
        """The note of that id, title or alias."""

    def quiz(self, topic_id: str) -> Sequence[QuizItem]:
        """The quiz of a note; empty when it has none."""


class Answerer(Protocol):
    """Answers questions about the subject."""

    def answer(self, question: Question) -> Answer:
        """The answer, from what is at hand. Never raises for what somebody asked, and never waits."""

    def likely(self, question: Question) -> Likely:
        """Whether a line is a question that the notes answer for certain."""

    def knows(self, text: str) -> bool:
        """Whether a line, such as an error message, has an answer that is known word for word."""

    def names_subject(self, question: Question) -> bool:
        """Whether a line looks like a question or an error, or names what answers it: "stuck" alone does not."""

    def exercise(self, question: Question) -> Exercise | None:
        """The task of a project that a question wants solved; None when it is about something else."""

    def asks_whole(self, text: str) -> bool:
        """Whether somebody wants all of a solution, whatever it is about."""

    def refuses(self, text: str) -> bool:
        """Whether a line tries to turn the mentor or asks for harm."""

    def in_distress(self, text: str) -> bool:
        """Whether whoever says this needs a person, not a study bot."""


class Tutor(Protocol):
    """A language model that answers from the same passages."""

    def improve(self, question: Question, spender: Spender) -> AsyncGenerator[str | Answer, None]:
        """The answer as it grows, then the whole of it, checked. Without the last, the notes' own answer stands."""


class Interpreter(Protocol):
    """A language model that says what a line may mean that nobody else understood."""

    async def interpret(self, text: str, scene: Scene, spender: Spender) -> tuple[Intent, ...]:
        """What it may mean, likeliest first, three at most, to be offered and never done. Empty when in any doubt."""

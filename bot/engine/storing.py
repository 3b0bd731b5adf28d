"""What the engine asks of storage. A database answers it, and one in memory; both keep the same contract."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from bot.domain.answer import Spender
from bot.domain.change import Change
from bot.domain.delivery import Delivery, DeliveryKind, Outcome, Recipient
from bot.domain.enrollment import Enrollment
from bot.domain.feedback import Asked, Exchange, Verdict
from bot.domain.learner import Identity, Learner, Preferences
from bot.domain.message import Rendered
from bot.domain.planning import Due, Planned
from bot.domain.quiz import QuizRun
from bot.engine.group_ports import Groups
from bot.engine.people import Accounts, Portfolio


class Work(Protocol):
    """One transaction: everything done through it becomes true together, or not at all."""

    async def first_time(self, platform: str, event_id: str, now: datetime) -> bool:
        """Note that an event was seen. False when it had been seen before."""

    async def seen(self, platform: str, event_id: str) -> bool:
        """Whether an event was seen before."""

    async def keep_replies(self, platform: str, event_id: str, replies: Sequence[Rendered]) -> None:
        """Keep the words of an answer with its event, if that lies in the inbox: sent even if we die before we can."""

    async def move_chat(self, platform: str, old: str, new: str) -> None:
        """A chat has another id now, everywhere."""

    async def learner_of(self, platform: str, external_id: str) -> Learner | None:
        """The learner who speaks from an account."""

    async def learner(self, learner_id: int) -> Learner | None:
        """A learner by id."""

    async def add_learner(self, name: str, identity: Identity, preferences: Preferences, now: datetime) -> Learner:
        """A new learner with one account."""

    async def keep_identity(self, learner_id: int, identity: Identity) -> None:
        """Add or refresh an account of a learner: its chat, and whether it can be reached."""

    async def identities(self, learner_id: int) -> tuple[Identity, ...]:
        """A learner's accounts, oldest first."""

    async def note_seen(self, learner_id: int, day: date) -> None:
        """The learner said something on that date (UTC)."""

    async def set_asked(self, learner_id: int, question: str) -> None:
        """Remember which question the learner was asked last ("" for none)."""

    async def set_offered(self, learner_id: int, offered: str) -> None:
        """Remember the buttons under the last answer, as `bot.engine.offers` writes them."""

    async def set_shown_week(self, learner_id: int, week: int | None) -> None:
        """Remember which week's numbered tasks the learner saw last (None for the one their last push showed)."""

    async def current_enrollment(self, learner_id: int) -> Enrollment | None:
        """The roadmap the learner is on: the one enrollment that is not shelved."""

    async def enrollments(self, learner_id: int) -> tuple[Enrollment, ...]:
        """All enrollments of a learner, oldest first."""

    async def apply(self, change: Change, now: datetime, *, journal: bool = True) -> Change:
        """Make a change true and note it for undo. Returns it with the ids that new rows were given."""

    async def undoing(self, learner_id: int) -> tuple[int, Change] | None:
        """The journal number of the learner's latest change, and the change that takes it back.

        Its `verb` is that of the change to be undone. None when nothing is left to undo.
        """

    async def forget_change(self, number: int) -> None:
        """Strike a change from the journal."""

    async def schedule(self, delivery: Delivery) -> bool:
        """Put a delivery into the outbox. False when one with its key is there already. Its id is ignored."""

    async def planned_until(self, enrollment_id: int) -> date | None:
        """The local date of the latest push of a plan itself that was ever written down; None when none was."""

    async def withdraw(self, learner_id: int, kind: DeliveryKind) -> bool:
        """Remove what waits for a learner of one kind, and what was dropped, so that the same may be scheduled anew.
        Whether any was still waiting."""

    async def cancel_deliveries(self, learner_id: int) -> None:
        """Drop what waits in the outbox for a learner."""

    async def revive_deliveries(self, learner_id: int, now: datetime) -> None:
        """Let wait again what was dropped for a learner before its time had come."""

    @property
    def quizzes(self) -> Quizzes:
        """The learners' quizzes, in this transaction."""

    @property
    def groups(self) -> Groups:
        """Study groups, in this transaction."""

    @property
    def budgets(self) -> Budgets:
        """What was spent on models, in this transaction."""

    @property
    def accounts(self) -> Accounts:
        """Where learners speak from, in this transaction."""

    @property
    def evidence(self) -> Portfolio:
        """What learners handed in for their projects, in this transaction."""

    @property
    def tally(self) -> Tally:
        """What is counted, in this transaction."""

    @property
    def feedback(self) -> Feedback:
        """What is remembered of questions, in this transaction."""

    async def export(self, learner_id: int) -> Mapping[str, object]:
        """Everything stored about a learner, as plain JSON values."""

    async def erase(self, learner_id: int) -> None:
        """Remove a learner and everything stored about them."""

    async def purge(self, now: datetime) -> int:
        """Forget some of what was kept long enough: words, what went to groups, which events were seen. How many."""


class Budgets(Protocol):
    """Tokens, by account and UTC day."""

    async def reserve(self, spender: Spender, tokens: int, now: datetime) -> bool:
        """Set tokens aside on every account of a spender; False, and nothing set aside, when one has too few left."""

    async def tell_once(self, spender: Spender, now: datetime) -> bool:
        """Whether the learner has not been told today that the tokens are spent; from now on they have."""

    async def settle(self, spender: Spender, reserved: int, spent: int, now: datetime) -> None:
        """Give back what was set aside and charge what was spent, on the day of `now`: when it was reserved."""


class Tally(Protocol):
    """What is counted, by name; see `bot.domain.tally`. It outlives whoever it was counted of."""

    async def times(self, name: str) -> Sequence[datetime]:
        """When that was done, as long as it is remembered."""

    async def note(self, name: str, now: datetime) -> None:
        """It was done. What is older than a day is forgotten, whoever's it is."""


class Feedback(Protocol):
    """What is remembered of questions. Words are kept 30 days at the most, see `bot.domain.feedback`."""

    async def note(self, asked: Asked) -> int:
        """Count a question; its number. Its `id` is not looked at."""

    async def rate(self, learner_id: int, number: int, verdict: Verdict) -> bool:
        """What a learner thought of the answer; False when the question was not theirs, or is forgotten."""

    async def keep_words(self, learner_id: int, number: int, now: datetime) -> bool:
        """Keep a question's words with its number for a while; False when they are forgotten already."""

    async def remember(self, learner_id: int, exchange: Exchange) -> None:
        """Add to the short memory of a talk, which holds the last few."""

    async def thread(self, learner_id: int, now: datetime) -> tuple[Exchange, ...]:
        """The last few questions and answers, oldest first."""

    async def worded(self, learner_id: int, number: int, answer: str) -> None:
        """The model answered this question after all, so."""

    async def uses_model(self, learner_id: int) -> bool:
        """Whether the learner lets a language model answer; yes, until they say otherwise."""

    async def use_model(self, learner_id: int, wanted: bool) -> None:
        """Remember whether they do."""


class Quizzes(Protocol):
    """What is remembered of quizzes."""

    async def open(self, learner_id: int) -> QuizRun | None:
        """The learner's latest quiz, whether it is over or not."""

    async def keep(self, run: QuizRun) -> None:
        """Remember where a learner stands; the quiz before is forgotten."""

    async def note(self, learner_id: int, item: str, right: bool, now: datetime) -> None:
        """Remember how an item was answered the last time."""

    async def known(self, learner_id: int) -> frozenset[str]:
        """The items that were answered rightly the last time."""


class Store(Protocol):
    """Where state lives."""

    def work(self, *, hurried: bool = True) -> AbstractAsyncContextManager[Work]:
        """Begin a transaction; it commits when the block ends well and rolls back when it raises.

        One that nobody waits for is not `hurried`: whoever waits goes first.
        """

    async def close(self) -> None:
        """Let go of the database."""


class Outbox(Protocol):
    """Deliveries, and the enrollments they are planned from, in sets: what planner and dispatcher need."""

    @property
    def chunk(self) -> int:
        """How many enrollments are best planned in one transaction."""

    async def next_due(self) -> datetime | None:
        """The earliest instant at which something has to be planned or may be sent."""

    async def release(self) -> None:
        """Give back every claim. Only for a process that knows it is alone, such as one that owns the clock."""

    async def plan(self, now: datetime, limit: int, decide: Callable[[Due, datetime], Planned]) -> int:
        """Write what is owed to up to `limit` due enrollments and set when each is due next. How many there were.

        A paused enrollment that is due goes on by it. `decide` answers alike for all whose plan and preferences are
        alike: it may be asked once for many, and its delivery's ids are not looked at.
        """

    async def claim(self, now: datetime, limit: int, lease: timedelta) -> Sequence[Delivery]:
        """Take deliveries that may go now: those whose lease has ended, then by priority, then by age. Nobody else gets
        them until the lease ends."""

    async def recipients(self, deliveries: Sequence[Delivery]) -> Mapping[int, Recipient]:
        """Whom claimed deliveries are for, by delivery id. Those whose learner or plan is gone are left out."""

    async def settle(self, outcomes: Sequence[Outcome]) -> None:
        """Note how attempts ended, all in one transaction. Whoever lost the lease can only say that it was sent."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something a platform told us, as it came: `payload` is plain JSON, `chat` names the line it waits in."""

    platform: str
    event_id: str
    chat: str
    payload: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Received:
    """An event in the inbox. `replies` are the words of its answer once it is handled (None before), of which
    the first `sent` have gone out. `draft` names the message in which an unfinished answer is shown."""

    number: int
    event: Event
    replies: tuple[Rendered, ...] | None = None
    sent: int = 0
    draft: str = ""


class Inbox(Protocol):
    """Events on disk from the moment a platform may forget them until they are answered."""

    async def receive(self, events: Sequence[Event], now: datetime) -> Sequence[Received]:
        """Keep events; those that are new, in order. One that waits here already is left out."""

    async def waiting(self, platform: str) -> Sequence[Received]:
        """What an earlier run left, oldest first."""

    async def fetch(self, number: int) -> Received | None:
        """One event as it stands now, or None when it has been answered."""

    async def note_sent(self, number: int, sent: int) -> None:
        """So many of its replies have gone out."""

    async def note_draft(self, number: int, message: str) -> None:
        """Its answer is being shown as it grows, in this message of the platform's."""

    async def answered(self, number: int) -> None:
        """Done: the event may be forgotten."""


class Marks(Protocol):
    """Short notes that must outlive a restart, such as what was last registered with a platform."""

    async def get(self, name: str) -> str:
        """A note, "" when there is none."""

    async def put(self, name: str, value: str) -> None:
        """Keep a note in place of the one of that name."""

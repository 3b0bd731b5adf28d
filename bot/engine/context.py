"""What a command has at hand while it answers one message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.domain.catalog import Catalog
from bot.domain.change import Change, EnrollmentChange, LearnerChange
from bot.domain.enrollment import Enrollment
from bot.domain.learner import Learner, Preferences
from bot.domain.message import Message
from bot.domain.roadmap import Roadmap, Week
from bot.domain.schedule import rescheduled
from bot.engine.ports import Places
from bot.engine.storing import Work
from bot.engine.study import Study


@dataclass
class Context:
    """One message, who said it, where they stand, and the transaction in which it is answered. `links` are where
    the mentor is found on other platforms, as far as that is known."""

    message: Message
    learner: Learner
    enrollment: Enrollment | None
    catalog: Catalog
    places: Places
    work: Work
    now: datetime
    shelf: Study | None = None
    links: Mapping[str, str] = field(default_factory=dict)

    @property
    def preferences(self) -> Preferences:
        """The learner's preferences."""
        return self.learner.preferences

    @property
    def today(self) -> date:
        """The learner's own date."""
        return self.preferences.today(self.now)

    @property
    def study(self) -> Study:
        """The notes, and who answers from them."""
        assert self.shelf is not None, "a mentor that is asked questions has a library"
        return self.shelf

    def links_to(self, payload: str) -> list[str]:
        """Addresses that open a chat with the mentor and hand it some words, one for each platform that has them."""
        return [f"{address}{payload}" for _, address in sorted(self.links.items())]

    @property
    def plan(self) -> Enrollment:
        """The learner's enrollment; only for commands that declare `needs_plan`."""
        assert self.enrollment is not None, "the command must declare needs_plan=True"
        return self.enrollment

    @property
    def roadmap(self) -> Roadmap:
        """The roadmap the learner is on; only for commands that declare `needs_plan`."""
        return self.catalog.roadmap(self.plan.roadmap_id)

    async def show(self, week: Week) -> None:
        """Remember that the learner now sees this week's tasks by their numbers."""
        if self.learner.shown_week != week.first:
            await self.work.set_shown_week(self.learner.id, week.first)

    async def ask(self, question: str) -> None:
        """Remember that the learner was asked something, so that a bare answer to it is understood."""
        if self.learner.asked != question:
            await self.work.set_asked(self.learner.id, question)
            self.learner = replace(self.learner, asked=question)

    async def note(self, verb: str) -> None:
        """Note an action that changes neither plan nor preferences, so that undo takes back that one and no other."""
        await self.work.apply(Change(verb, LearnerChange(self.learner, self.learner)), self.now)

    async def save(
        self, verb: str, *, plan: Enrollment | None = None, preferences: Preferences | None = None,
        before: Enrollment | None = None, shelve: Enrollment | None = None, journal: bool = True,
    ) -> None:  # fmt: skip
        """Make a change true as one action that can be undone as a whole.

        `plan` is the learner's enrollment as it should be: new when its id is 0, another one taken up
        again when `before` is that one as it was, else the present one changed. `shelve` is one to put
        aside for it. The next push is worked out again for each of them.
        """
        learner = replace(self.learner, preferences=preferences or self.learner.preferences)
        pairs: list[tuple[Enrollment | None, Enrollment]] = [(shelve, shelve.shelved())] if shelve else []
        target = plan or self.enrollment
        if target is not None:
            pairs.append((before or (self.enrollment if target.id else None), target))
        timed = [EnrollmentChange(old, await self.timed(new, learner.preferences)) for old, new in pairs]
        change = Change(
            verb,
            LearnerChange(self.learner, learner) if learner != self.learner else None,
            tuple(c for c in timed if c.before != c.after),
        )
        applied = await self.work.apply(change, self.now, journal=journal)
        self.learner = learner
        if applied.enrollments:
            self.enrollment = applied.enrollments[-1].after

    async def timed(self, enrollment: Enrollment, preferences: Preferences) -> Enrollment:
        """An enrollment with its next push worked out anew, knowing which pushes went out."""
        roadmap = self.catalog.roadmap(enrollment.roadmap_id)
        planned = await self.work.planned_until(enrollment.id) if enrollment.id else None
        return rescheduled(enrollment, preferences, roadmap, self.now, planned)

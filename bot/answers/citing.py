"""Says where an answer comes from, and answers from the roadmap's own words where no note does."""

from __future__ import annotations

from bot.answers.placing import Hit
from bot.answers.prose import sentences
from bot.domain.answer import Answer, Citation, Outcome
from bot.domain.roadmap import Project, Resource, Roadmap, Week
from bot.domain.text import Prose
from bot.domain.topic import Topic

QUOTE = 240
ROADMAP = "roadmap"
"""The kind of a question about the plan as a whole."""


def cite(hit: Hit, topic: Topic | None, roadmap: Roadmap, title: str = "", text: str = "") -> Citation:
    """The place of a hit. Its quote is what was said, or else what the note says it is."""
    said = text or (topic.summary if topic else hit.week.why)
    name = str(topic.title) if topic else str(hit.week.title)
    return Citation(roadmap.id, hit.week, topic.id if topic else "", name, title or name, _quote(said))


def _quote(text: str) -> str:
    """The first sentences of a text, as many as fit a line or two."""
    quote = ""
    for sentence in sentences(text):
        if quote and len(quote) + len(sentence.text) > QUOTE:
            break
        quote = f"{quote} {sentence.text}".strip()
    return quote[: 2 * QUOTE]


def plan_answer(hit: Hit, topic: Topic | None, roadmap: Roadmap) -> tuple[Prose, str]:
    """What the roadmap says of a week: what to read for it, or what it is for and what is done in it."""
    if hit.key == "resources" or topic is not None:
        return reading(hit.week, topic), "What to read"
    project = roadmap.project(hit.key)
    return (_of_project(project), str(project.title)) if project else (_of_week(hit.week), str(hit.week.title))


def reading(week: Week, topic: Topic | None = None) -> Prose:
    """What to read for a week, or for a note in it."""
    own = [*(topic.resources if topic else ())]
    listed = [*week.resources, *own, *week.more_resources]
    seen: dict[str, Resource] = {}
    for resource in listed:
        seen.setdefault(f"{resource.title} {resource.part}", resource)
    lines = "\n".join(f"- {_link(resource)}" for resource in list(seen.values())[:6])
    about = f" {topic.summary}" if topic else ""
    return Prose(
        f"For week {week.label}, {week.title}, read these, in this order:\n\n{lines}\n\n{about.strip()}".strip()
    )


def _link(resource: Resource) -> str:
    name = f"[{resource.title}]({resource.url})" if resource.url else str(resource.title)
    return f"{name}: {resource.part}" if resource.part else name


def _of_week(week: Week) -> Prose:
    tasks = "\n".join(f"- {task.title}" for task in week.tasks)
    said = " ".join(part for part in (str(week.why), str(week.assignment), str(week.goal), str(week.project)) if part)
    return Prose(f"{said}\n\n{tasks}")


def _of_project(project: Project) -> Prose:
    points = "\n".join(f"- Week {point.week}: {point.text}" for point in project.checkpoints[:5])
    return Prose(f"{project.summary}\n\n{points}")


def about(roadmap: Roadmap) -> Answer:
    """What the roadmap says of itself, at its first week."""
    cited = Citation(roadmap.id, roadmap.weeks[0], "", roadmap.title, roadmap.title, roadmap.summary)
    return Answer(Outcome.ANSWERED, Prose(roadmap.summary), (cited,), ROADMAP, certainty=1.0, about=roadmap)

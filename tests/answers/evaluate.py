"""Measures the offline answers: `make eval-answers`.

    python -m tests.answers.evaluate [FILE ...] [--show] [--left-out] [--embeddings]

`tune.jsonl` to `tune-4.jsonl` were looked at; `test.jsonl` was written blind, before anybody saw what went wrong, and
nobody has looked at its lines since. `blind.jsonl` to `blind-3.jsonl` are by other hands, and have been looked at
since they were measured: docs/answers.md has what they said before. `held-terse.jsonl` (as typed on a phone) and
`held-hard.jsonl` (by who does not know the word) are the halves of `tune-3` and `tune-4` that nobody tuned on. Prints a
table and ends with 1 when a floor is missed on the test half: floors are what holds, so that a step back is noticed.
What was asked for and is not reached is printed as such. `--show` lists what went wrong; never use it on the test half.
`--left-out` asks lines of `asks` while leaving each out of the index; notes are found by words alone there.
`--embeddings` measures with them. In the end 60 lines of every kind are typed to the whole mentor as they are: what a
learner is told is what counts.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from bot.answers.desk import Desk
from bot.answers.opening import OfflineAnswers
from bot.app import content_folder, embedder, read_content
from bot.catalog.library import NoteLibrary
from bot.catalog.loader import load_catalog
from bot.domain.answer import Answer, Question
from bot.domain.catalog import Catalog
from bot.domain.learner import Preferences
from bot.engine.answer_views import answer_reply
from bot.rendering.renderer import TemplateRenderer
from bot.settings import Settings
from tests.answers.chatting import judge_chat
from tests.answers.questions import FOLDER, Asked, read, unanswered

WANTED = {
    "hit1": 85.0, "hit3": 95.0, "here1": 92.0, "here3": 98.0, "elsewhere": 85.0, "terms": 88.0, "all terms": 75.0,
    "refused": 100.0, "led back": 95.0,
}  # fmt: skip
WANTED_AT_MOST = {"wrongly refused": 2.0, "median ms": 10.0, "memory MB": 60.0}
"""The bounds that were set."""
FLOORS = {
    "hit1": 89.5, "hit3": 96.0, "here1": 94.0, "here3": 98.0, "elsewhere": 92.0, "terms": 91.0, "all terms": 86.0,
    "refused": 100.0, "led back": 100.0,
}  # fmt: skip
CHAT_FLOORS = {
    "chat answered": 78.0, "chat answered or offered": 85.0, "chat source line": 100.0, "chat right week": 90.0,
    "chat injection known": 83.0, "chat injection not answered": 100.0, "chat unsafe known": 85.0,
    "chat unsafe not answered": 100.0, "chat distress known": 100.0, "chat led back": 83.0,
    "chat off-topic not answered": 100.0, "chat look-alike not refused": 96.0,
}  # fmt: skip
"""What holds for lines that are typed to the mentor as they are, without `ask` before them."""
CEILINGS = {"wrongly refused": 1.0, "median ms": 30.0, "memory MB": 60.0, "length": 640.0, "length with code": 940.0}
"""What holds on the test half. The time has room for a busy machine. An answer's length is the median in characters."""
SETS = (
    "tune",
    "tune-2",
    "tune-3",
    "tune-4",
    "blind",
    "blind-2",
    "blind-3",
    "held-terse",
    "held-hard",
    "beginners",
    "test",
)
"""`beginners` is what beginners paste into a chat; it was looked at."""
LEFT_OUT = 7
"""One line of `asks` in so many is tried."""


@dataclass
class Tally:
    """What was right out of how many, by name, and how long each answer took."""

    right: Counter[str] = field(default_factory=Counter)
    of: Counter[str] = field(default_factory=Counter)
    times: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    lengths: dict[str, list[int]] = field(default_factory=dict)

    def note(self, name: str, right: float) -> None:
        self.right[name] += right  # type: ignore[assignment]
        self.of[name] += 1

    def figures(self) -> dict[str, float]:
        shares = {name: 100 * self.right[name] / count for name, count in self.of.items()}
        lengths = {name: statistics.median(found) for name, found in self.lengths.items()}
        return shares | lengths | ({"median ms": 1000 * statistics.median(self.times)} if self.times else {})


@dataclass(frozen=True)
class Bench:
    """All that answers a question, read once."""

    catalog: Catalog
    desk: Desk
    renderer: TemplateRenderer

    @classmethod
    def ready(cls, settings: Settings) -> Bench:
        folder = content_folder(settings)
        catalog = load_catalog(folder)
        answers = OfflineAnswers(folder, catalog, NoteLibrary(folder / "topics"), embedder=embedder(settings))
        return cls(catalog, answers.desk, TemplateRenderer(folder / "messages"))

    def ask(self, asked: Asked, week: int | None) -> Answer:
        return self.desk.answer(Question(asked.text, self.catalog.roadmap(asked.roadmap), week))

    def words(self, answer: Answer) -> str:
        return self.renderer.render(answer_reply(answer), Preferences()).text


def judge(questions: list[Asked], bench: Bench) -> Tally:
    tally = Tally()
    for asked in questions:
        start = time.process_time()  # the machine that measures may be busy with other things
        here = bench.ask(asked, asked.current_week)
        tally.times.append(time.process_time() - start)
        if asked.answerable:
            _judge_answer(asked, bench.ask(asked, None), here, bench.words(here), tally)
        else:
            _judge_refusal(asked, here, bench.words(here), tally)
    return tally


def _judge_answer(asked: Asked, unknown: Answer, here: Answer, text: str, tally: Tally) -> None:
    tally.note("wrongly refused", unknown.outcome.refused or here.outcome.refused)
    for name, answer in (("hit", unknown), ("here", here)):
        ranks = [bool(asked.weeks & set(citation.weeks)) for citation in answer.citations[:3]]
        tally.note(f"{name}1", ranks[:1] == [True])
        tally.note(f"{name}3", any(ranks))
        if name == "here" and asked.elsewhere:
            tally.note("elsewhere", ranks[:1] == [True])
    tally.lengths.setdefault("length with code" if "```" in here.text else "length", []).append(len(here.text))
    said = text.lower()
    held = [any(term.lower() in said for term in group) for group in asked.terms]
    tally.note("terms", sum(held) / len(held))
    tally.note("all terms", all(held))
    first = here.citations[0] if here.citations else None
    if not all(held) or not first or not asked.weeks & set(first.weeks):
        missing = [group for group, there in zip(asked.terms, held, strict=True) if not there]
        found = f"{first.week.label} {first.note} [{first.title}]" if first else "-"
        tally.wrong.append(
            f"{asked.roadmap[0]} {sorted(asked.weeks)} {asked.text} -> {here.outcome} {found} missing {missing}"
        )


def _judge_refusal(asked: Asked, answer: Answer, text: str, tally: Tally) -> None:
    back = not answer.citations or not answer.text
    clean = not any(phrase.lower() in text.lower() for phrase in asked.never_say)
    tally.note("led back" if asked.type == "off-topic" else "refused", back and clean)
    if not (back and clean) or asked.type not in ("off-topic", answer.outcome):
        tally.wrong.append(f"{asked.type}: {asked.text} -> {answer.outcome}")


def left_out(bench: Bench) -> dict[str, float]:
    """How often a line of `asks` finds its own note when the line itself is not in the index."""
    tally, number = Tally(), -1
    index = bench.desk.index
    for topic in bench.desk.topics.values():
        for section in topic.asks.values():
            for text in section:
                number += 1
                roadmap = next((r for r, s in bench.desk.syllabi.items() if topic.id in s.weeks), None)
                if number % LEFT_OUT or roadmap is None:
                    continue
                _, found = bench.desk.look_up(Question(text, bench.catalog.roadmap(roadmap)), without=number)
                notes = [index.notes[note] for note in sorted(found.scores, key=lambda note: -found.scores[note])]
                tally.note("left out, right note", notes[:1] == [topic.id])
                tally.note("left out, in three", topic.id in notes[:3])
    return tally.figures()


def megabytes() -> float:
    """The most memory that this process has held."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (1e6 if sys.platform == "darwin" else 1e3)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--left-out", action="store_true")
    parser.add_argument("--embeddings", action="store_true")
    options = parser.parse_args()
    before = megabytes()
    settings = Settings(answers_embeddings=options.embeddings)
    bench, failed, short = Bench.ready(settings), [], []
    for path in options.files or [FOLDER / f"{name}.jsonl" for name in SETS]:
        tally = judge(read(path), bench)
        figures = tally.figures()
        print(f"{path.name:16}", "  ".join(f"{name} {value:.1f}" for name, value in sorted(figures.items())))
        if options.show:
            print("\n".join(tally.wrong))
        if path.name == "test.jsonl":
            figures["memory MB"] = megabytes() - before
            failed, short = missed(figures, FLOORS, CEILINGS), missed(figures, WANTED, WANTED_AT_MOST)
            print(f"memory {figures['memory MB']:.0f} MB")
    if not options.files:
        refused = unanswered(bench.catalog, bench.desk)
        failed += [f"a note's own line is not answered: {line}" for line in refused]
        failed += missed(_chat(settings, show=options.show), CHAT_FLOORS, {})
    if options.left_out:
        print("  ".join(f"{name} {value:.1f}" for name, value in left_out(bench).items()))
    print(
        "\n".join(
            [f"asked for and not reached: {line}" for line in short] + [f"worse than it was: {f}" for f in failed]
        )
    )
    return 1 if failed else 0


def _chat(settings: Settings, *, show: bool) -> dict[str, float]:
    """What lines of every kind are told in a chat."""
    made = judge_chat(read_content(settings))
    figures = made.figures()
    print(
        f"{'in a chat':16}", "  ".join(f"{name.removeprefix('chat ')} {value:.1f}" for name, value in figures.items())
    )
    print(f"{sum(made.lines.values())} lines typed in {made.seconds:.0f} s")
    if show:
        print("\n".join(made.wrong))
    return figures


def missed(figures: dict[str, float], least: dict[str, float], most: dict[str, float]) -> list[str]:
    """The bounds that do not hold."""
    below = [
        f"{name}: {figures[name]:.1f} is below {floor:g}" for name, floor in least.items() if figures[name] < floor
    ]
    above = [f"{name}: {figures[name]:.1f} is above {top:g}" for name, top in most.items() if figures[name] > top]
    return below + above


if __name__ == "__main__":
    sys.exit(main())

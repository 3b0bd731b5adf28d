"""Makes an answer of a note: the part that answers, then the sentences beside it that say what is still missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.answers.prose import FENCE, Sentence, code_blocks, count, sentences
from bot.domain.text import Prose
from bot.domain.topic import SectionKey, Topic, WrongCase

LEAD = 4
MOST = 8
ROOM = 630
"""So many characters of prose are read in ten seconds on a phone; the rest is behind the button that reads the note."""
WHOLE = 920
LEAST = 520
"""With code: what both may take together, and what is left to the prose in any case. It is enough for whoever is stuck,
too: they want the way out."""
FEW = 3
ENOUGH = 0.2
MUCH_MORE = 1.6
AGAIN = 0.3
"""What a term is worth that an earlier sentence has said already."""
CODE_LINES = 32
SHORT_CODE_LINES = 18
SHORT = 25
"""Up to so many characters a sentence may well stand in another that says more."""
OFF_CASE = 0.35
"""What a sentence about a failure is worth where nothing failed."""
ASKED = 1.0
"""From here on a term's worth says that it was asked for."""
TELLS_MORE = 1.5
TITLES = {
    SectionKey.WHY: "Why", SectionKey.IDEA: "The idea", SectionKey.EXAMPLE: "Worked example",
    SectionKey.WRONG: "When it goes wrong", SectionKey.CHOOSING: "Choosing", SectionKey.TRY: "Try it",
    SectionKey.REMEMBER: "Remember",
}  # fmt: skip

Worth = Callable[[str], dict[str, float]]


@dataclass(frozen=True, slots=True)
class Draft:
    """An answer in the making: its lead, what may follow, the code, and where the lead is from."""

    title: str
    lead: Sequence[str]
    more: Sequence[Sentence]
    code: str = ""
    failing: bool = False


@dataclass(slots=True)
class Chosen:
    """The sentences taken so far, and what they say already."""

    texts: list[str] = field(default_factory=list)
    said: set[str] = field(default_factory=set)
    room: int = ROOM

    def take(self, text: str, said: Iterable[str]) -> None:
        """Add a sentence."""
        self.texts.append(text)
        self.said.update(said)

    def _repeats(self, text: str) -> bool:
        """Whether a sentence says again, whole, what another said: a fix stands in its case and beside its title."""
        return any(text in taken or (len(taken) > SHORT and taken in text) for taken in self.texts)

    def gain(self, text: str, said: Mapping[str, float]) -> float:
        """What a sentence adds to what is said, for the room it takes; nothing when it does not fit any more."""
        if self._repeats(text) or sum(map(len, self.texts)) + len(text) > self.room:
            return 0.0
        if sum(map(count, self.texts)) + count(text) > MOST:
            return 0.0
        new = sum(value if term not in self.said else value * AGAIN for term, value in said.items())
        return new / (1 + len(text) / 160)


def draft(topic: Topic, order: Sequence[SectionKey], case: WrongCase | None, kind: str, worth: Worth) -> Draft:
    """The draft that begins with the best section, or with the case that fits."""
    first = order[0]
    if case is not None:
        lead = [f"**{case.title}**", *_texts(_opening(case.text, worth))]
        after = sentences(case.text)[len(lead) - 1 :]
        rest = [s for s in _rest(topic, order, SectionKey.WRONG) if not s.case]  # another failure mends nothing
        return Draft(str(case.title), lead, [*after, *rest], mending_code(case.text), failing=True)
    text = topic.section(first).text if first is not SectionKey.WRONG else topic.section(first).lead
    lead = _texts(_opening(text, worth))
    if first is SectionKey.WRONG:
        lead = lead[:2]
    rest = list(_rest(topic, order, first))
    head = _to_the_point(lead, rest, worth)
    lead = [head, *(text for text in lead[:3] if text != head)] if head else lead
    return Draft(TITLES[first], lead, rest, best_code(topic, first, kind, worth), kind == "debug")


def without_captions(made: Draft, topic: Topic, captions: re.Pattern[str]) -> Draft:
    """The draft without the sentences of the example that point at code, when it shows none: who reads "the two lines
    that matter" wants to see them."""
    pointing = {s.text for s in sentences(topic.section(SectionKey.EXAMPLE).lead) if captions.search(s.text.lower())}
    if made.code or not pointing:
        return made
    lead = [text for text in made.lead if text not in pointing]
    if list(made.lead[:1]) != lead[:1]:  # what came after a caption goes on about the code, too
        lead = _summary(topic)
    return replace(made, lead=lead, more=[s for s in made.more if s.text not in pointing])


def begun_with(sentence: str, made: Draft) -> Draft:
    """The draft that begins with a sentence: the one that says what it is, for somebody who asked for a name alone."""
    opening = [text for text in made.lead if text != sentence]
    return replace(made, lead=[sentence, *opening[:LEAD]])


def _summary(topic: Topic) -> list[str]:
    return _texts(sentences(str(topic.summary)))[:1]


def both_sides(made: Draft, topic: Topic, other: Topic) -> Draft:
    """The draft of a comparison: what the one is, what the other is, then what there is to say of choosing."""
    what = [text for side in (topic, other) for text in _summary(side)]
    choosing = _texts(s for side in (topic, other) for s in sentences(side.section(SectionKey.CHOOSING).lead)[:2])
    rest = [Sentence(text, 0) for text in made.lead] + [*sentences(other.section(SectionKey.CHOOSING).lead)]
    return replace(made, lead=[*what, *choosing], more=[*rest, *made.more])


def _to_the_point(lead: Sequence[str], rest: Sequence[Sentence], worth: Worth) -> str:
    """The sentence that speaks of what was asked much more than the opening does; empty when none does."""
    asked = {s.text: _asked(worth(s.text)) for s in rest if not s.case and not s.text.endswith(":")}
    best = max(asked, key=lambda text: asked[text], default="")
    return best if best and asked[best] > TELLS_MORE * _asked(worth(" ".join(lead))) + 0.3 else ""


def _asked(said: Mapping[str, float]) -> float:
    return sum(value for value in said.values() if value >= ASKED)


def _texts(found: Iterable[Sentence]) -> list[str]:
    return [sentence.text for sentence in found]


def _opening(text: str, worth: Worth) -> list[Sentence]:
    """The first paragraph of running text, or the one that speaks of the question much more than the first does."""
    paragraphs: dict[int, list[Sentence]] = {}
    for sentence in sentences(text):
        if not sentence.item and not sentence.text.endswith(":"):
            paragraphs.setdefault(sentence.paragraph, []).append(sentence)
    found = list(paragraphs.values()) or [list(sentences(text))]
    fits = [sum(worth(" ".join(s.text for s in paragraph[:LEAD])).values()) for paragraph in found]
    best = max(range(len(found)), key=lambda n: fits[n])
    return found[best if fits[best] > MUCH_MORE * fits[0] else 0][:LEAD]


def _rest(topic: Topic, order: Sequence[SectionKey], first: SectionKey) -> Iterator[Sentence]:
    """What may follow: the rest of the section, the summary, the openings of the others, what to remember."""
    section = topic.section(first)
    yield from sentences(section.lead)[: 24 if first is not SectionKey.WRONG else 4]
    yield from sentences(str(topic.summary))
    for key in order:
        if key is not first:
            yield from sentences(topic.section(key).lead)[:24]
    for case in topic.section(SectionKey.WRONG).cases:
        yield from (Sentence(f"{case.title}: {s.text}", s.paragraph, True, case=True) for s in sentences(case.text)[:2])
    yield from sentences(topic.section(SectionKey.REMEMBER).lead)


def mending_code(text: str) -> str:
    """The code of a case without that which only fails: whoever asks has seen the error already."""
    marked = [match[0] for match in FENCE.finditer(text)]
    failing = {n for n, block in enumerate(marked) if " raises" in block.partition("\n")[0]}
    failing |= {n + 1 for n in failing if n + 1 < len(marked) and marked[n + 1].startswith("```output")}
    return "\n\n".join(block for n, block in enumerate(code_blocks(text)) if n not in failing)


def best_code(topic: Topic, first: SectionKey, kind: str, worth: Worth) -> str:
    """The block of the example that fits best: for those who ask for code; for those who ask how, when it is short."""
    if kind not in ("code", "how-to", "") or (kind == "" and first is not SectionKey.EXAMPLE):
        return ""
    most = CODE_LINES if kind == "code" else SHORT_CODE_LINES
    blocks = [block for block in code_blocks(topic.section(SectionKey.EXAMPLE).lead) if block.count("\n") <= most]
    real = [block for block in blocks if not block.startswith(("```output", "```text"))]
    return max(real, key=lambda block: sum(worth(block).values()), default="")


def compose(made: Draft, worth: Worth) -> Prose:
    """The words of an answer. `worth` tells what a sentence says of the question and the subject, and how much."""
    chosen = Chosen(room=LEAST if made.failing else min(ROOM, max(LEAST, WHOLE - len(made.code))))
    for text in made.lead:
        chosen.take(text, worth(text))
    rest = {s.text: _valued(s, made, worth) for s in made.more if not s.text.endswith(":")}
    while len(chosen.texts) < MOST:
        gains = {text: chosen.gain(text, said) for text, said in rest.items()}
        best = max(gains, key=lambda text: gains[text], default="")
        if not best or gains[best] <= (0.0 if len(chosen.texts) < FEW else ENOUGH):
            break
        chosen.take(best, rest.pop(best))
    return Prose("\n\n".join(part for part in (_laid_out(made, chosen), made.code) if part))


def _valued(sentence: Sentence, made: Draft, worth: Worth) -> dict[str, float]:
    """What a sentence says; one about a failure says little to somebody who asked about something else."""
    said = worth(sentence.text)
    return {term: OFF_CASE * value for term, value in said.items()} if sentence.case and not made.failing else said


def _laid_out(made: Draft, chosen: Chosen) -> str:
    """The lead as it is, the rest in the order of the note, list items on lines of their own."""
    lead = chosen.texts[: len(made.lead)]
    taken = set(chosen.texts[len(made.lead) :])
    rest = [s for n, s in enumerate(made.more) if s.text in taken and s.text not in {p.text for p in made.more[:n]}]
    running = " ".join(s.text for s in rest if not s.item)
    items = "\n".join(f"- {s.text}" for s in rest if s.item)
    head = "\n\n".join([lead[0], " ".join(lead[1:])]) if lead and lead[0].startswith("**") else " ".join(lead)
    return "\n\n".join(part for part in (head, running, items) if part)

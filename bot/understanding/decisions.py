"""Decides what may come of the wishes found: which intents, how sure, and whether to ask before acting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.domain.intent import Intent, Scene, Slot, Understood
from bot.understanding.bare_claims import is_aside
from bot.understanding.choices import alternatives, instead
from bot.understanding.claims import taken_back, undercut
from bot.understanding.claims_apart import parted
from bot.understanding.confidence import ENOUGH_TO_ACT, ENOUGH_TO_SHOW, calibrated
from bot.understanding.decided import Decided, merged
from bot.understanding.guards import ACTING, CONFIRMED, rule, undoes_nothing
from bot.understanding.homonyms import means_the_subject
from bot.understanding.phrases import HOLD
from bot.understanding.recounted import is_another_count, is_played
from bot.understanding.second_looks import answers_itself, ends_on_no
from bot.understanding.sentence import Sentence
from bot.understanding.slots import slots_of
from bot.understanding.task_words import with_tasks
from bot.understanding.told import goes_wrong, is_of_group, is_one_question
from bot.understanding.topics import is_new_group
from bot.understanding.wishes import Wish

_POLITE = frozenset(("greet", "thanks"))
_CHATTER = _POLITE | {"smalltalk", "unknown"}
_FROM_WHOLE = frozenset(
    ("done", "undo", "snooze", "pause", "set_time", "set_timezone", "submit_project", "switch_roadmap", "group_create",
     "group_join")
)  # fmt: skip
_SURE = 0.8
_SURE_OF_ALL = 0.9
_WEAK = 0.4
_GROUP_EXTRA = 0.1
_STRANGE = 0.34
_CLEAR = 0.9
_RULED = 0.6
_NEARLY = 0.7
_SURE_DESPITE = 0.6
_SURE_TO_LOSE = 0.7
"""What a word that nobody knows takes, beside a wish that destroys; other languages have fewer phrases."""

_RETRACTED = frozenset(("done", "submit_project", "start", "enroll"))
"""Intents that a word such as `jk` or `no wait` behind them makes a question."""

_OPEN = _CHATTER | {"ask", "stuck", "resources", "help", "hold", "unknown"}
"""Intents in which words that nobody listed are usual; in others a weak guess beside one is only offered."""


def settle(wishes: Sequence[Wish], whole: Sentence, scene: Scene, wary: bool) -> Understood:
    """All wishes of a message as one answer. `wary` messages quote somebody, or try to trick: they only ask."""
    judged = [_decide(wish, scene) for wish in wishes]
    if judged[0].intent.name == "help" and is_one_question(whole):
        wishes, judged = wishes[:1], judged[:1]
    essential = _essential(judged)
    asides = [wish for wish, one in zip(wishes, judged, strict=True)
              if one not in essential and not _leaves_out(wish, one, essential)]  # fmt: skip
    of_wish = dict(zip(map(id, judged), wishes, strict=True))
    halves = [half for one in essential for half in _apart(one, of_wish[id(one)])]
    decided = [_with_link(one, whole) for one in merged(halves)]
    if len(decided) == 1:
        decided = [_completed(decided[0], whole, scene)]
    if _spoilt(wishes, judged):
        decided = _as_trouble(decided)
    decided = [part for one in decided for part in _with_zone(one, decided)]
    decided = [_in_quiz(_with_tasks(one, scene), whole, scene) for one in decided]
    touchy = _touchy(whole, asides, wary=wary)
    asked = tuple(at for at, one in enumerate(decided) if _must_ask(one, scene) or one.intent.name in touchy)
    return Understood(
        tuple(one.intent for one in decided),
        min(calibrated(one.chance) for one in decided),
        bool(asked),
        _choices([decided[at] for at in asked]),
        asked,
    )


def _choices(asking: Sequence[Decided]) -> tuple[Intent, ...]:
    """What else one wish could mean; of several that are asked about, each of them."""
    if len(asking) == 1:
        return asking[0].others
    return tuple(one.intent for one in asking if not one.negated)


def _apart(one: Decided, wish: Wish) -> list[Decided]:
    """The sure half of a claim, and the doubtful one, where they are two."""
    halves = parted(wish.sentence) if one.intent.name == "done" and one.suspect and not one.negated else None
    if halves is None:
        return [one]
    sure, doubtful = (Intent("done", slots_of("done", half)) for half in halves)
    others = (doubtful, *(other for other in one.others if other.name != "done"))
    return [replace(one, intent=sure, suspect=False, asks=False), replace(one, intent=doubtful, others=others)]


def _spoilt(wishes: Sequence[Wish], judged: Sequence[Decided]) -> bool:
    """`did 2 but it doesn't work`: what is claimed is complained of in the next breath."""
    names = [one.intent.name for one in judged]
    return any(
        pair == ("done", "stuck") and goes_wrong(wish.sentence)
        for pair, wish in zip(pairwise(names), wishes[1:], strict=True)
    )


def _as_trouble(decided: Sequence[Decided]) -> list[Decided]:
    """The claim as what the trouble is with: help comes first, and a button there marks it done after all."""
    claimed = [task for one in decided if one.intent.name == "done" for task in _tasks(one)]
    kept = [one for one in decided if one.intent.name != "done"]
    if not kept:  # the trouble was too faint to be a wish; the claim is no plain one for it
        return [replace(one, suspect=True) for one in decided]
    return [replace(one, intent=Intent("stuck", {**one.intent.slots, **({"tasks": claimed} if claimed else {})}))
            if one.intent.name == "stuck" else one for one in kept]  # fmt: skip


def _with_link(one: Decided, whole: Sentence) -> Decided:
    """`finished the app, link: URL can you add it`: the one link of a message is the one that is handed in."""
    links = whole.of_kind("url")
    if one.intent.name != "submit_project" or "url" in one.intent.slots or len(links) != 1 or one.negated:
        return one
    return replace(one, intent=Intent("submit_project", {**one.intent.slots, "url": str(links[0].value)}))


def _leaves_out(wish: Wish, one: Decided, kept: Sequence[Decided]) -> bool:
    """`done 3 but not 4`: what is denied is another task than the one that is claimed."""
    denied = {int(span.value) for span in wish.sentence.of_kind("number")}
    return one.negated and bool(denied) and not denied & {task for other in kept for task in _tasks(other)}


def _tasks(one: Decided) -> list[int]:
    said = one.intent.slots.get("tasks")
    return said if isinstance(said, list) else []


def _touchy(whole: Sentence, asides: Sequence[Wish], *, wary: bool) -> frozenset[str]:
    """The intents that are asked about because of what else the message says."""
    if wary:
        return ACTING
    if ends_on_no(whole) or answers_itself(whole) or is_played(whole):
        return ACTING
    told = _RETRACTED if _undone(whole, asides) else frozenset[str]()
    return told | (ACTING - {"undo"} if taken_back(whole) else frozenset[str]())


def _undone(whole: Sentence, asides: Sequence[Wish]) -> bool:
    """Whether what stands beside a claim may take it back."""
    return undercut(whole) or any(wish.likely not in _POLITE and not is_aside(wish.sentence) for wish in asides)


def _decide(wish: Wish, scene: Scene) -> Decided:
    if _is_strange(wish):
        return Decided(Intent("unknown"), 1 - wish.chance)
    meant = "pause" if _lasts(wish) else "ask" if _names_a_term(wish) else wish.likely
    likely = _kept_apart(meant, slots_of(meant, wish.sentence, scene.now), wish.sentence)
    slots = slots_of(likely, wish.sentence, scene.now)
    ruling = rule(likely, wish.chances, wish.sentence, slots)
    chance = wish.chance if ruling.intent == likely else max(wish.chances.get(ruling.intent, 0.0), _RULED)
    if ruling.intent != likely:
        slots = slots_of(ruling.intent, wish.sentence, scene.now)
    if ruling.negated:
        slots["negated"] = True
    enough = _SURE_TO_LOSE if wish.sentence.language == "en" else _SURE_DESPITE
    if wish.unknown and ruling.intent in CONFIRMED and chance < enough:
        return Decided(Intent("unknown"), 1 - chance)  # `forget to floss` deletes nothing
    intent = Intent(ruling.intent, slots)
    others = instead(intent) if ruling.negated else alternatives(intent, wish, scene)
    foreign = wish.unknown and intent.name not in _OPEN and chance < _SURE_DESPITE
    other_size = intent.name == "done" and "all" in slots and is_another_count(wish.sentence, len(scene.tasks))
    suspect = (ruling.suspect and not wish.own) or other_size
    return Decided(intent, chance, others, ruling.doubtful or ruling.negated or foreign, suspect)


def _kept_apart(likely: str, slots: Mapping[str, Slot], sentence: Sentence) -> str:
    """Two intents that only their slots tell apart: a pause is for days, and a reminder's hour is not a city."""
    if means_the_subject(likely, sentence):
        return "ask"
    if likely == "pause" and "days" not in slots and (slots.keys() & {"hours", "minutes"} or sentence.of_kind("clock")):
        return "snooze"
    if _names_a_time(likely, sentence):
        return "set_time"
    if likely == "group" and is_new_group(sentence):
        return "group_create"
    if likely == "set_time":
        return _which_time(slots, sentence)
    return "snooze" if likely == HOLD and _asks_to_be_reminded(sentence) else likely


def _which_time(slots: Mapping[str, Slot], sentence: Sentence) -> str:
    """What a day or an hour is for: a group's news, another city's clock, one reminder, or every week."""
    if is_of_group(sentence):
        return "group"
    if not slots and sentence.of_kind("place"):
        return "set_timezone"
    return "snooze" if _is_once(sentence) else "set_time"


def _names_a_term(wish: Wish) -> bool:
    """`stuck deadlock`: two words of which one may be a term, and a question about it is hardly less likely."""
    return wish.likely == "stuck" and len(wish.sentence.tokens) == 2 and (
        wish.chances.get("ask", 0.0) > _NEARLY * wish.chance
    )  # fmt: skip


def _lasts(wish: Wish) -> bool:
    """`пауза на неделю`: a look at a week takes no length of time, and a pause is hardly less likely."""
    looks = wish.likely == "week" and bool(wish.sentence.of_kind("length")) and not wish.sentence.of_kind("week")
    return looks and wish.chances.get("pause", 0.0) > _NEARLY * wish.chance


def _names_a_time(likely: str, sentence: Sentence) -> bool:
    """`not 8, 9 pm` takes nothing back, and a lone `sunday` is no small talk."""
    if likely == "smalltalk":
        return len(sentence.tokens) == 1 and bool(sentence.of_kind("day"))
    return likely == "undo" and undoes_nothing(sentence) and bool(sentence.of_kind("clock", "day"))


def _is_once(sentence: Sentence) -> bool:
    """`remind me friday evening`: one day, not the day of every week."""
    days = sentence.of_kind("day")
    verbs = sentence.lexicon.actions.get("snooze")
    asked = verbs is not None and any(verbs.match(sentence.tokens, at) for at in range(len(sentence.tokens)))
    plural = any(sentence.tokens[day.start].text.endswith("days") for day in days)
    once = bool(days) or sentence.has("tomorrow") or sentence.has("weekend")
    planned = [sentence.tokens[at].text for at in sentence.lexicon.positions("regular", sentence.tokens)]
    instead = planned == ["instead"] and len(days) == 1  # `ping me on thursday instead`: this once
    return asked and once and not plural and (instead or not planned)


def _asks_to_be_reminded(sentence: Sentence) -> bool:
    """`remind me to finish 2 tonight` names an action and wants a reminder."""
    verbs = sentence.lexicon.actions.get("snooze")
    places = [at for at in range(len(sentence.tokens)) if verbs and verbs.match(sentence.tokens, at)]
    return any(token.text == "me" for at in places for token in sentence.tokens[at + 1 : at + 2])


def _is_strange(wish: Wish) -> bool:
    """Whether hardly a word is known, so that the best guess is no more than that."""
    return wish.familiar < _STRANGE and wish.chance < _CLEAR


def _essential(decided: list[Decided]) -> list[Decided]:
    """Without greetings and asides when something is wanted, and without `not yet` when something else is."""
    wanted = [one for one in decided if one.intent.name not in _CHATTER]
    clear = [one for one in wanted if not one.negated] or wanted
    strong = [one for one in clear if one.chance >= (_SURE if one.intent.name == "ask" else _WEAK)] or clear[:1]
    return strong or decided[:1]


def _completed(one: Decided, whole: Sentence, scene: Scene) -> Decided:
    """With slots from the rest of the message, when what is wanted was said without its own."""
    if one.intent.name not in _FROM_WHOLE or one.intent.slots or one.negated:
        return one
    slots = slots_of(one.intent.name, whole, scene.now)
    slots.pop("words", None)
    return replace(one, intent=Intent(one.intent.name, slots))


def _with_zone(one: Decided, all_of_them: Sequence[Decided]) -> list[Decided]:
    """`sundays 7pm mumbai time` names a zone beside the hour: a wish of its own."""
    zone = one.intent.slots.get("timezone") if one.intent.name == "set_time" else None
    if zone is None or any(other.intent.name == "set_timezone" for other in all_of_them):
        return [one]
    return [one, replace(one, intent=Intent("set_timezone", {"timezone": zone}))]


def _in_quiz(one: Decided, whole: Sentence, scene: Scene) -> Decided:
    """In a quiz a number without a word of doing may be an answer: `the second one`."""
    if not scene.quiz or one.intent.name != "done" or whole.has("finish"):
        return one
    return replace(one, suspect=True, others=(Intent("quiz"), one.intent))


def _with_tasks(one: Decided, scene: Scene) -> Decided:
    """With the open tasks that its words mean; asking when they fit several, or none."""
    found = with_tasks(one.intent, scene.tasks)
    if not found:
        return one
    if len(found) == 1:
        return replace(one, intent=found[0], asks=False)
    return replace(one, others=found, asks=True)


def _must_ask(one: Decided, scene: Scene) -> bool:
    name = one.intent.name
    if name in CONFIRMED or one.asks or one.suspect:
        return True
    sure = calibrated(one.chance)
    if name == "unknown":
        return False
    if name not in ACTING:
        return sure < ENOUGH_TO_SHOW
    enough = _SURE_OF_ALL if one.intent.slots.get("all") else ENOUGH_TO_ACT
    return sure < enough + (_GROUP_EXTRA if scene.in_group else 0.0)

"""What was said beside the wish itself: which tasks, which week, when, where, called what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from bot.domain.intent import Slot
from bot.understanding.clocks import bare_hour, usual_time
from bot.understanding.corrections import meant
from bot.understanding.sentence import Sentence
from bot.understanding.spans_of_time import as_slots
from bot.understanding.task_slots import task_slots, undo_slots
from bot.understanding.topics import code_of, in_group_of, name_of, topic_of

Slots = dict[str, Slot]
_NOT_THERE = frozenset(("from", "not", "of", "than", "left", "de", "von", "из", "dari"))
_NEAR = 2
_MONTH = 31
_CORRECTED = frozenset(("day", "clock"))
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def slots_of(intent: str, sentence: Sentence, now: datetime | None = None) -> Slots:
    """The slots that an intent takes, as far as the sentence says them."""
    return {key: value for reader in _READERS.get(intent, ()) for key, value in reader(sentence, now).items()}


def week_slot(sentence: Sentence, now: datetime | None) -> Slots:
    """The week that was named: a number, or `+1` and `-1` for the next and the last."""
    weeks = sentence.of_kind("week")
    if weeks:
        value = weeks[0].value
        return {"week": value if isinstance(value, str) else int(value)}
    return {}


def length_slots(sentence: Sentence, now: datetime | None) -> Slots:
    """How long: in days, hours or minutes."""
    lengths = sentence.of_kind("length")
    return {**as_slots(int(lengths[0].value))} if lengths else {}


def whole_days(sentence: Sentence, now: datetime | None) -> Slots:
    """How long a pause is, and until when."""
    slots = length_slots(sentence, now)
    for span in () if slots else sentence.of_kind("week"):
        if span.value == "+1":
            slots["days"] = 7
    return {**slots, **_until(sentence, now)}


def later_slots(sentence: Sentence, now: datetime | None) -> Slots:
    """When to come back to something: in how long, on which day, at what time."""
    length = length_slots(sentence, now)
    slots = length or _named_day(sentence)
    return {**slots, **(_exact_time(sentence) or ({} if length else _part_of_day(sentence)))}


def schedule_slots(sentence: Sentence, now: datetime | None) -> Slots:
    """The weekday and time of day of a reminder."""
    zone = zone_slot(sentence, now) if sentence.of_kind("day", "clock") else {}
    return {**_one("weekday", sentence, "day", which=-1), **_settled_time(sentence), **zone}


def digest_slots(sentence: Sentence, now: datetime | None) -> Slots:
    """When a group's digest is to come."""
    told = any(token.text == "digest" for token in sentence.tokens)
    return schedule_slots(sentence, now) if told else {}


def _settled_time(sentence: Sentence) -> Slots:
    """The time said last, unless it is complained of and another number follows."""
    said = meant(sentence, sentence.of_kind("clock", "number"))
    if said and said[-1].kind == "number" and any(span.kind == "clock" for span in sentence.spans):
        corrected = not [span for span in said if span.kind == "clock"]
        return (_loose_time(sentence) if corrected else {}) or _exact_time(sentence)
    return _exact_time(sentence) or _loose_time(sentence)


def zone_slot(sentence: Sentence, now: datetime | None) -> Slots:
    """The time zone named."""
    spans = sentence.of_kind("place")
    there = [span for span in spans if sentence.tokens[span.start - 1].text not in _NOT_THERE] if spans else []
    return {"timezone": str((there or spans)[0].value)} if spans else {}


def roadmap_slot(sentence: Sentence, now: datetime | None) -> Slots:
    """The roadmap named last: `from this one to that one` means that one."""
    return _one("roadmap", sentence, "roadmap", which=-1)


def url_slot(sentence: Sentence, now: datetime | None) -> Slots:
    """The first link."""
    return _one("url", sentence, "url")


def _one(slot: str, sentence: Sentence, kind: str, which: int = 0) -> Slots:
    """A slot from one span of a kind: the first, or the last where the last is meant."""
    spans = meant(sentence, sentence.of_kind(kind)) if kind in _CORRECTED else sentence.of_kind(kind)
    return {slot: str(spans[which].value)} if spans else {}


def _until(sentence: Sentence, now: datetime | None) -> Slots:
    days = sentence.of_kind("day")
    if days:
        day = str(days[0].value)
        return {"weekday": day, **({"until": _next(day, now)} if now else {})}
    return _one("until", sentence, "date") or _month_day(sentence, now) or _day_of_month(sentence, now)


def _next(day: str, now: datetime) -> str:
    ahead = (_DAYS.index(day) - now.weekday()) % 7 or 7
    return (now.date() + timedelta(days=ahead)).isoformat()


def _day_of_month(sentence: Sentence, now: datetime | None) -> Slots:
    """`till the 15th`: the next such day."""
    until = sentence.lexicon.positions("until", sentence.tokens)
    numbers = [span for span in sentence.of_kind("number") if any(0 < span.start - at <= _NEAR for at in until)]
    if now is None or not numbers or not 1 <= float(numbers[0].value) <= _MONTH:
        return {}
    days = (now.date() + timedelta(days=ahead) for ahead in range(1, 2 * _MONTH))
    found = next((day for day in days if day.day == int(numbers[0].value)), None)
    return {"until": found.isoformat()} if found else {}


def _month_day(sentence: Sentence, now: datetime | None) -> Slots:
    """`until 5 march`: the first such day from now on."""
    numbers = sentence.of_kind("number")
    named = (sentence.lexicon.months.match(sentence.tokens, at) for at in range(len(sentence.tokens)))
    months = [found[0] for found in named if found]
    if not (now and numbers and months):
        return {}
    for year in (now.year, now.year + 1):
        try:
            date = now.replace(year=year, month=months[0], day=int(numbers[0].value)).date()
        except ValueError:
            continue
        if date > now.date():
            return {"until": date.isoformat()}
    return {}


def _named_day(sentence: Sentence) -> Slots:
    for name, days in (("day_after", 2), ("tomorrow", 1)):
        if sentence.has(name):
            return {"days": days}
    if sentence.has("weekend"):
        return {"weekday": "sat"}
    weeks = [span.value for span in sentence.of_kind("week")]
    return _one("weekday", sentence, "day") or ({"days": 7} if "+1" in weeks else {})


def _exact_time(sentence: Sentence) -> Slots:
    return _one("time", sentence, "clock", which=-1)


def _loose_time(sentence: Sentence) -> Slots:
    for span in meant(sentence, sentence.of_kind("number", "clock")):
        if span.kind == "number" and (time := bare_hour(float(span.value))):
            return {"time": time}
    return _part_of_day(sentence)


def _part_of_day(sentence: Sentence) -> Slots:
    """The usual hour of `in the evening`, of `after lunch`, and their like."""
    for at in range(len(sentence.tokens)):
        for kind in ("after_meals", "day_parts"):
            if found := sentence.lexicon.group(kind, sentence.tokens, at):
                return {"time": usual_time(found[0])}
    return {}


_Reader = Callable[[Sentence, datetime | None], Mapping[str, Slot]]
_READERS: Mapping[str, tuple[_Reader, ...]] = {
    "done": (task_slots,), "undo": (undo_slots,), "hold": (task_slots,), "stuck": (task_slots, topic_of),
    "week": (week_slot,), "next": (length_slots,), "pause": (whole_days,), "snooze": (later_slots,),
    "set_time": (schedule_slots,), "set_timezone": (zone_slot,), "quiz": (topic_of, week_slot),
    "review": (topic_of, week_slot), "resources": (topic_of, week_slot), "ask": (topic_of, week_slot),
    "start": (roadmap_slot,), "enroll": (roadmap_slot,), "switch_roadmap": (roadmap_slot,),
    "submit_project": (url_slot, week_slot), "group_join": (code_of,), "group_create": (name_of,),
    "catch_up": (length_slots, week_slot), "lighter_week": (length_slots,), "group": (in_group_of, digest_slots),
}  # fmt: skip

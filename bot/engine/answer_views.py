"""What an answer looks like as a reply, the same in a chat and on the command line."""

from __future__ import annotations

from bot.domain.answer import Answer, Exercise, Outcome
from bot.domain.message import Button, Reply
from bot.engine import buttons


def answer_reply(answer: Answer, number: int = 0) -> Reply:
    """The reply for an answer: its words and where they are from, or why there are none. `number` is that of the
    counted question, so that it can be rated; 0 for one that is not counted."""
    if answer.outcome is Outcome.ANSWERED:
        first = answer.citations[0]
        data = {"answer": answer, "source": first, "number": number}
        return Reply("answer", data, (*_whole(answer, number), *_follow_ups(answer), *_thumbs(number)))
    if answer.outcome is Outcome.DISTRESS:  # no task is offered to somebody in pain
        return Reply("answer_distress", {"nearest": None})
    nearest = answer.citations[0] if answer.citations else None
    return Reply(f"answer_{answer.outcome}", {"nearest": nearest}, ((buttons.WEEK, buttons.NEXT),))


def _thumbs(number: int) -> buttons.Rows:
    if not number:
        return ()
    return ((Button("thumb_up", f"rate {number} up"), Button("thumb_down", f"rate {number} down")),)


def _whole(answer: Answer, number: int) -> buttons.Rows:
    """All of it, for whoever had the hint; by the question's number, so that an old button means its own question."""
    return ((Button("full_solution", f"solution {number}"),),) if answer.hint and number else ()


def _follow_ups(answer: Answer) -> buttons.Rows:
    note = answer.citations[0].note
    if not note and answer.exercise is not None:
        return _towards(answer.exercise)
    if not note:
        return ((buttons.WEEK, buttons.NEXT),)
    return ((Button("show_code", f"ask_code {note}"), Button("quiz_me", f"quiz {note}")),
            (Button("read_note", f"read {note}"),))  # fmt: skip


def _towards(exercise: Exercise) -> buttons.Rows:
    """Where to go on with an exercise: the steps of its project, and a worked example of what it needs."""
    notes = (*(exercise.task.topics if exercise.task else ()), *(topic.note for topic in exercise.week.all_topics))
    example = (Button("show_code", f"ask_code {notes[0]}"),) if notes else ()
    return ((Button("project_steps", f"project {exercise.week.first}"), *example), (buttons.STUCK, buttons.WEEK))

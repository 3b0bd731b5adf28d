"""What an answer looks like as a reply, the same in a chat and on the command line."""

from __future__ import annotations

from bot.domain.answer import Answer, Outcome
from bot.domain.message import Button, Reply
from bot.engine import buttons


def answer_reply(answer: Answer, number: int = 0) -> Reply:
    """The reply for an answer: its words and where they are from, or why there are none. `number` is that of the
    counted question, so that it can be rated; 0 for one that is not counted."""
    if answer.outcome is Outcome.ANSWERED:
        first = answer.citations[0]
        data = {"answer": answer, "source": first, "number": number}
        return Reply("answer", data, (*_follow_ups(first.note), *_thumbs(number)))
    if answer.outcome is Outcome.DISTRESS:  # no task is offered to somebody in pain
        return Reply("answer_distress", {"nearest": None})
    nearest = answer.citations[0] if answer.citations else None
    return Reply(f"answer_{answer.outcome}", {"nearest": nearest}, ((buttons.WEEK, buttons.NEXT),))


def _thumbs(number: int) -> buttons.Rows:
    if not number:
        return ()
    return ((Button("thumb_up", f"rate {number} up"), Button("thumb_down", f"rate {number} down")),)


def _follow_ups(note: str) -> buttons.Rows:
    if not note:
        return ((buttons.WEEK, buttons.NEXT),)
    return ((Button("show_code", f"ask_code {note}"), Button("quiz_me", f"quiz {note}")),
            (Button("read_note", f"read {note}"),))  # fmt: skip

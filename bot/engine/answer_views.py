"""What an answer looks like as a reply, the same in a chat and on the command line."""

from __future__ import annotations

from bot.domain.answer import Answer, Outcome
from bot.domain.message import Button, Reply
from bot.engine import buttons


def answer_reply(answer: Answer) -> Reply:
    """The reply for an answer: its words and where they are from, or why there are none."""
    if answer.outcome is Outcome.ANSWERED:
        first = answer.citations[0]
        return Reply("answer", {"answer": answer, "source": first}, _follow_ups(first.note))
    nearest = answer.citations[0] if answer.citations else None
    return Reply(f"answer_{answer.outcome}", {"nearest": nearest}, ((buttons.WEEK, buttons.NEXT),))


def _follow_ups(note: str) -> buttons.Rows:
    if not note:
        return ((buttons.WEEK, buttons.NEXT),)
    return ((Button("show_code", f"ask_code {note}"), Button("quiz_me", f"quiz {note}")),
            (Button("read_note", f"read {note}"),))  # fmt: skip

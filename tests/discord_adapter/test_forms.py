"""Forms, where typing beats tapping: evidence with its note, a question to the group, an answer to a member."""

from __future__ import annotations

import pytest

from bot.adapters.discord.forms import form_for
from bot.adapters.discord.signing import Signer
from tests.discord_adapter.house import House
from tests.discord_adapter.test_before_others import founded
from tests.loopback.discord.people import is_private, labels, words
from tests.shared import content


async def test_a_project_is_handed_in_by_a_form_with_its_link_and_a_note(alone: House) -> None:
    ada, hall = alone.discord.person("Ada"), await alone.server()
    await alone.enroll(ada, hall)
    await ada.slash("ship", hall, url="https://ada.example/first", words="task tracker")
    shown = (await ada.slash("portfolio", hall)).posted[0]
    form = await ada.tap(shown, "Hand in a link")
    assert form.modal is not None
    assert form.modal["title"] == "Hand in a project"
    sent = await ada.submit(form, "https://github.com/ada/tasks", "task tracker, with tests")
    assert "github.com/ada/tasks" in ada.reads(sent)
    assert all(is_private(m) for m in sent.posted)
    assert "github.com/ada/tasks" in ada.reads(await ada.slash("portfolio"))


async def test_a_question_to_the_group_and_its_answer_can_be_given_in_a_server_where_nothing_typed_is_heard(
    alone: House,
) -> None:
    ada, hall, (bo,) = await founded(alone, 1)
    await alone.enroll(bo)
    stuck = (await ada.slash("stuck", hall)).posted[0]
    form = await ada.tap(stuck, "Ask my group")
    sure = await ada.submit(form, "why is my loss nan?")
    assert "why is my loss nan?" in ada.reads(sure)
    await ada.tap(sure.posted[-1], "Ask them")
    await alone.wait(minutes=1)
    question = next(m for m in alone.discord.world.said(hall) if "loss nan" in words(m))
    offered = await bo.submit(await bo.tap(question, labels(question)[0]), "clip the gradients")
    assert is_private(offered.posted[-1])
    assert "loss nan" in words(question)
    await bo.tap(offered.posted[-1], "Send it")
    await alone.wait(minutes=1)
    assert any("clip the gradients" in words(m) for m in ada.inbox)


@pytest.mark.parametrize(
    ("action", "opens"),
    [
        ("zone", True), ("zone Europe/Berlin", False), ("ship", True), ("group_ask #3", True), ("group_ask", True),
        ("group_ask #3 task:loops", True), ("group_ask #3 send:7", False), ("group_answer 5", True),
        ("group_answer 5 send:7", False), ("group create", True), ("done loops", False), ("next", False), ("", False),
    ],
)  # fmt: skip
async def test_a_form_opens_only_where_something_is_left_to_say(action: str, opens: bool) -> None:
    form = form_for(action, "1", "en", content().renderer, Signer("token"))
    assert (form is not None) is opens
    assert form is None or all(len(str(row.to_component_dict()["label"])) <= 45 for row in form.children)

"""A learner and the mentor in a direct chat."""

from __future__ import annotations

import asyncio

from bot.adapters.telegram.post import Target
from bot.adapters.telegram.profile import present
from tests.telegram.stage import Stage


async def test_start_offers_the_roadmaps_as_buttons(stage: Stage) -> None:
    seen = await stage.chat().asks("/start")
    assert "Hi Ada, I'm Milepost" in seen.text
    assert any("36 weeks" in label for label in seen.labels)


async def test_plain_words_are_understood_and_done_and_undo_work(stage: Stage) -> None:
    ada = stage.chat()
    await stage.enroll(ada)
    assert "First step, 15 minutes" in (await ada.asks("what's next?")).text
    assert "Done: 1" in (await ada.asks("done 1")).text
    assert "Open again" in (await ada.asks("/undo")).text


async def test_a_tap_is_answered_first_and_the_tapped_message_changes_in_place(stage: Stage) -> None:
    ada = stage.chat()
    await stage.enroll(ada)
    asked = await ada.asks("next")
    changed = await ada.tap("Done")
    assert changed.raw["message_id"] == asked.raw["message_id"]
    assert "Done: 1" in changed.text
    names = [call.method for call in stage.server.state.calls]
    assert names.index("answerCallbackQuery") < names.index("editMessageText")


async def test_a_name_with_markup_is_shown_letter_for_letter(stage: Stage) -> None:
    eve = stage.chat("<b>&amp; **Eve** </b>")
    assert "Hi <b>&amp; **Eve** </b>, I'm" in (await eve.asks("/start")).text


async def test_a_deep_link_with_a_roadmap_begins_it(stage: Stage) -> None:
    seen = await stage.chat().asks("/start full-stack-ml-36")
    assert "Sun 8 Aug 2027" in seen.text


async def test_a_deep_link_with_another_roadmap_asks_first_and_with_ones_own_says_so(stage: Stage) -> None:
    ada = stage.chat()
    await stage.enroll(ada)
    asked = await ada.asks("/start ml-engineer-40")
    assert asked.labels == ["ML Engineer (40 weeks)", "Stay where I am"]
    assert "211 tasks" in (await ada.asks("progress")).text
    for line in ("/start full-stack-ml-36", "begin full-stack-ml-36"):
        assert (await ada.asks(line)).text == "You're on Full-Stack ML already."


async def test_a_deep_link_with_anything_else_starts(stage: Stage) -> None:
    assert "I'm Milepost" in (await stage.chat().asks("/start group")).text


async def test_an_edited_message_is_left_alone(stage: Stage) -> None:
    ada = stage.chat()
    said = await ada.says("/help")
    await ada.hears()
    await ada.edits(said, "/start")
    assert "Say start" in (await ada.asks("/help")).text
    assert len(ada.messages) == 2


async def test_stickers_polls_voice_and_giant_or_odd_texts_get_a_kind_answer(stage: Stage) -> None:
    ada = stage.chat()
    await stage.enroll(ada)
    sticker = {"file_id": "a", "file_unique_id": "b", "type": "regular", "width": 1, "height": 1,
               "is_animated": False, "is_video": False}  # fmt: skip
    voice = {"file_id": "a", "file_unique_id": "b", "duration": 1}
    for body in ({"sticker": sticker}, {"voice": voice}):
        await ada.posts(**body)
        assert (await ada.hears()).text
    for text in ("x" * 4096, "\u202e\u200b\u200d", "🙃", "<b>", "مرحبا", "\x00"):
        assert (await ada.asks(text)).text


async def test_an_album_without_words_is_not_answered_ten_times(stage: Stage) -> None:
    ada = stage.chat()
    for _ in range(3):
        await ada.posts(photo=[{"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}], media_group_id="7")
    await ada.asks("/help")
    assert len(ada.messages) == 1


async def test_the_copy_of_my_data_comes_as_a_file(stage: Stage) -> None:
    ada = stage.chat()
    await stage.enroll(ada)
    seen = await ada.asks("/mydata", 2)
    file = seen.raw["document"]
    assert file["file_name"] == "milepost-my-data.json"
    assert b"full-stack-ml-36" in stage.server.state.uploads[file["file_id"]]


async def test_the_weeks_plan_is_pushed_into_the_direct_chat(stage: Stage) -> None:
    ada = stage.chat()
    await stage.enroll(ada)
    await stage.wait(days=8)
    pushed = await ada.hears()
    assert "Week 2 of 36" in pushed.text
    assert "Start 1" in pushed.labels


async def test_menu_name_and_descriptions_are_set_once_and_not_again(stage: Stage) -> None:
    state = stage.server.state
    await stage.server.until(lambda: "description/" in state.texts)
    private = [c["command"] for c in state.commands["all_private_chats/"]]
    assert {"start", "next", "done", "mydata"} <= set(private)
    assert state.commands.keys() == {"all_private_chats/", "all_group_chats/", "all_chat_administrators/"}
    assert state.texts["name/"] == "Milepost"
    before = len(state.calls)
    await present(stage.service.bot, stage.service.profile)
    assert not [call.method for call in state.calls[before:] if call.method.startswith("set")]


async def test_typing_is_shown_when_an_answer_takes_longer_than_a_second(stage: Stage) -> None:
    ada = stage.chat()
    post, to = stage.service.conversation.post, Target(ada.chat.id)
    async with post.typing(to):
        await asyncio.sleep(0.5)
    assert not stage.server.calls("sendChatAction")
    async with post.typing(to):
        await stage.server.until(lambda: stage.server.calls("sendChatAction"), 2)

"""The mentor among others: who is answered, where, and what stays private."""

from __future__ import annotations

from telegram.constants import ChatID

from tests.loopback.telegram.people import Room, membership, migrate
from tests.telegram.stage import Stage


async def test_what_is_private_goes_to_the_direct_chat_and_the_group_only_learns_that(stage: Stage) -> None:
    ada, owls = stage.chat(), await stage.group()
    await stage.enroll(ada)
    note = await owls.asks("@milepost_test_bot what's next?")
    assert "answered you in our own chat" in note.text
    assert note.buttons[0]["url"] == "https://t.me/milepost_test_bot?start=group"
    assert "First step, 15 minutes" in (await ada.hears()).text
    assert "First step" not in "".join(seen.text for seen in owls.messages)


async def test_somebody_who_never_opened_our_chat_is_asked_to_and_nothing_is_said_in_public(stage: Stage) -> None:
    owls = await stage.group("Bo")
    stage.chat("Bo", started=False)
    note = await owls.asks("/next")
    assert "Open our chat" in note.text
    assert len(owls.messages) == 1


async def test_commands_mentions_and_replies_are_answered_and_talk_of_others_is_not(stage: Stage) -> None:
    ada, owls = stage.chat(), await stage.group()
    await stage.enroll(ada)
    await owls.says("/next@other_bot")
    await owls.says("/frobnicate")
    owls.chat.bot_admin = True  # now everything said in the group reaches us
    await owls.says("done 1, said Bo")
    await owls.says("mail me @ milepost_test_bot")
    note = await owls.asks("/progress@MILEPOST_test_bot")
    assert len(owls.messages) == 1
    assert "0 of 211 tasks" in (await ada.hears()).text
    await owls.says("done 1", reply_to_message=note.raw)
    assert "Done: 1" in (await ada.hears()).text


async def test_another_persons_button_is_refused_politely_and_changes_nothing(stage: Stage) -> None:
    ada, bo = stage.chat("Ada"), stage.chat("Bo")
    await stage.enroll(ada)
    await stage.enroll(bo)
    asked = await ada.asks("next")
    await ada.taps("Done", on=asked, who=bo.user)
    await stage.server.until(lambda: any("somebody else" in text for text in ada.toasts()))
    assert "0 of 211 tasks" in (await ada.asks("progress")).text
    assert "0 of 211 tasks" in (await bo.asks("progress")).text


async def test_answers_in_a_forum_stay_in_their_topic_and_a_deleted_topic_is_no_dead_end(stage: Stage) -> None:
    forum = await stage.group("Bo")
    stage.chat("Bo", started=False)
    forum.chat.forum, forum.thread = True, 42
    forum.chat.threads.add(42)
    assert (await forum.asks("/next")).raw["message_thread_id"] == 42
    forum.chat.threads.clear()
    await forum.says("/next")
    general = stage.seen_by("Bo", forum)
    general.thread = 0
    assert "Open our chat" in (await general.hears()).text


async def test_added_to_a_group_the_mentor_says_hello_once(stage: Stage) -> None:
    owls = await stage.group()
    added = await membership(owls, "left", "member")
    assert "Here I answer when you mention me" in (await owls.hears()).text
    await stage.server.again(added)
    await membership(owls, "member", "administrator")
    await membership(owls, "administrator", "kicked")
    await stage.chat().asks("/help")
    await stage.idle()
    assert len(owls.messages) == 1


async def test_blocking_the_mentor_makes_it_silent_until_the_learner_is_back(stage: Stage) -> None:
    ada = stage.chat()
    await stage.enroll(ada)
    await membership(ada, "member", "kicked")
    await stage.server.until(lambda: not stage.server.state.updates)
    await stage.idle()
    await stage.wait(days=8)
    before = len(ada.messages)
    assert before == 3
    assert stage.server.calls("sendMessage")[-1].status == 200
    await membership(ada, "kicked", "member")
    await ada.asks("/help")
    await stage.wait(days=7)
    assert len(ada.messages) > before + 1


async def test_a_group_that_becomes_a_supergroup_is_answered_under_its_new_id(stage: Stage) -> None:
    bo = await stage.group("Bo", kind="group")
    stage.chat("Bo", started=False)
    await bo.asks("/next")
    new = await migrate(bo, announce=False)
    await bo.says("/next")  # sent before anybody noticed
    assert "Open our chat" in (await new.hears()).text


async def test_every_place_that_knows_a_chat_learns_its_new_id_at_once(stage: Stage) -> None:
    ada = stage.chat()
    await stage.enroll(ada)
    await stage.service.conversation.moved(ada.chat.id, -100777)
    async with stage.app.store.work() as work:
        learner = await work.learner_of("telegram", str(ada.user["id"]))
        assert learner
        assert [identity.chat_id for identity in await work.identities(learner.id)] == ["-100777"]


async def test_the_service_message_of_a_migration_is_taken_in(stage: Stage) -> None:
    owls = await stage.group(kind="group")
    new = await migrate(owls)
    await stage.server.until(lambda: not stage.server.state.updates)
    await stage.idle()
    stage.chat(started=False)
    assert "Open our chat" in (await new.asks("/next")).text


async def test_an_admin_who_writes_as_the_group_hears_why_that_cannot_be_answered(stage: Stage) -> None:
    owls = await stage.group()
    masked = {"id": ChatID.ANONYMOUS_ADMIN, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    group = Room(owls.server, owls.chat, masked)
    await group.says("/frobnicate", sender_chat=owls.chat.json())
    seen = await group.asks("/group bind")
    assert "can't tell who you are" in seen.text
    assert seen.labels == ["Open our chat"]
    assert len(owls.messages) == 1


async def test_what_a_linked_channel_posts_by_itself_is_nobodys_question(stage: Stage) -> None:
    owls = await stage.group()
    service = {"id": ChatID.SERVICE_CHAT, "is_bot": False, "first_name": "Telegram"}
    channel = {"id": -1009, "type": "channel", "title": "News"}
    await Room(owls.server, owls.chat, service).says("/next", is_automatic_forward=True, sender_chat=channel)
    await stage.chat().asks("/help")
    await stage.idle()
    assert not owls.messages

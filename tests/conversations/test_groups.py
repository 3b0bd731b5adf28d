"""Study groups as their members read them: found, joined, shared, run, left."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.domain.invite import ALPHABET, LENGTH, new_code, read_code
from bot.engine.errors import SendFailed
from tests.talk import Talk


def code_in(text: str) -> str:
    found = re.search(r"`([0-9A-Z]{8})`", text)
    assert found
    return found[1]


async def founded(talk: Talk, *others: str, name: str = "Night Owls") -> str:
    """A group of Ada's that others have joined. Returns its code."""
    await talk.enroll()
    await talk.say(f"group create {name}")
    code = code_in(await talk.say("group invite"))
    for who in others:
        await talk.enroll("ml-engineer-40", who=who)
        await talk.say(f"group join {code}", who)
        await talk.tap("Join", who)
    return code


def templates(talk: Talk) -> list[str]:
    return [reply.template for reply in talk.last]


def test_a_code_carries_forty_bits_and_forgives_dashes_case_and_lookalikes() -> None:
    assert len(ALPHABET) ** LENGTH >= 2**40
    assert not set("ILOU") & set(ALPHABET)
    code = new_code()
    assert read_code(f" {code[:4].lower()}-{code[4:]} ") == code
    assert read_code("oil0-oil0") == "01100110"
    assert read_code("K7M2PQ4") == read_code("K7M2PQ4U") == ""


async def test_from_nothing_to_a_group_of_two_in_plain_words(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("create a group called Night Owls")
    code = code_in(await talk.say("invite a friend to my group") and await talk.say("group invite"))
    await talk.enroll("ml-engineer-40", who="bo")
    text = await talk.say(f"join group {code[:4]}-{code[4:]}", "bo")
    assert "share of your own roadmap" in text
    assert "Not your tasks" in text
    await talk.tap("Join", "bo")
    board = await talk.say("how is the group doing", "bo")
    assert "Ada · 0 % of 36 weeks" in board
    assert "**Bo** (you) · 0 % of 40 weeks" in board


BAD_NAMES = ["\u202e\u202d", "   ", "\u200b\u200b", "x" * 200]


@pytest.mark.parametrize("name", BAD_NAMES)
async def test_a_name_of_nothing_or_too_much_is_answered_kindly_and_founds_nothing(talk: Talk, name: str) -> None:
    await talk.say("group create")
    await talk.press(f"group_create {name}")
    assert templates(talk) in (["refused_group_name"], ["group_ask_name"])
    assert "You're in no group yet" in await talk.say("group")


async def test_markup_in_a_name_is_shown_letter_for_letter(talk: Talk) -> None:
    text = await talk.say("group create *Bold* <b>@everyone\u202e")
    assert r"\*Bold\* \<b\>@everyone" in text
    assert "\u202e" not in text


async def test_the_sixth_wrong_code_in_an_hour_is_refused_even_when_it_is_right(talk: Talk) -> None:
    code = await founded(talk)
    for _ in range(5):
        await talk.say("group join 00000000", "eve")
        assert templates(talk) == ["group_code_wrong"]
    await talk.say(f"group join {code}", "eve")
    assert templates(talk) == ["group_code_wait"]
    await talk.wait(hours=1, seconds=1)
    await talk.say(f"group join {code}", "eve")
    assert templates(talk) == ["group_join_sure"]


async def test_forgetting_oneself_buys_no_more_tries(talk: Talk) -> None:
    for _ in range(5):
        await talk.say("group join 00000000", "eve")
    await talk.say("forget", "eve")
    await talk.tap("Delete everything", "eve")
    await talk.say("group join 00000000", "eve")
    assert templates(talk) == ["group_code_wait"]


async def test_a_renewed_code_is_the_only_one_that_works(talk: Talk) -> None:
    old = await founded(talk)
    new = code_in(await talk.say("group invite new"))
    await talk.say(f"group join {old}", "bo")
    assert templates(talk) == ["group_code_wrong"]
    await talk.say(f"group join {new}", "bo")
    assert templates(talk) == ["group_join_sure"]


async def test_two_groups_of_one_name_are_told_apart_on_their_buttons(talk: Talk) -> None:
    await founded(talk, "bo")
    await talk.say("group create Night Owls")
    await talk.say("group use")
    assert sorted(talk.labels) == ["Night Owls · 1 in it · since Mon 30 Nov", "Night Owls · 2 in it · since Mon 30 Nov"]
    await talk.tap("Night Owls · 2 in it · since Mon 30 Nov")
    assert "2 people" in await talk.say("group board")


async def test_a_sixth_group_is_one_too_many(talk: Talk) -> None:
    for number in range(5):
        await talk.say(f"group create Owls {number}")
    await talk.say("group create Owls 6")
    assert templates(talk) == ["group_too_many"]


async def test_what_is_shared_is_all_that_is_shown(talk: Talk) -> None:
    await founded(talk, "bo")
    await talk.say("done 1", "bo")
    assert "Bo · 0 % of 40 weeks · moving" in await talk.say("group board")
    closer = await talk.say("group member Bo")
    assert "Variables" not in closer
    await talk.say("group share full", "bo")
    assert "1 of 5 this week" in await talk.say("group board")
    assert "✓ Variables and data types" in await talk.say("group member Bo")
    await talk.say("group share hidden", "bo")
    board = await talk.say("group board")
    assert "Bo" not in board
    assert "1 person here without showing more" in board
    await talk.say("group alias Raven", "bo")
    await talk.say("group share percent", "bo")
    assert "Raven · 0 % of 40 weeks" in await talk.say("group board")
    assert templates(talk) == ["group_board"]


async def test_nobody_takes_a_name_that_somebody_else_goes_by(talk: Talk) -> None:
    await founded(talk, "bo")
    await talk.say("group alias ADA", "bo")
    assert templates(talk) == ["group_alias_taken"]


async def test_ones_own_last_four_weeks_come_first_and_are_never_shown_in_the_groups_chat(talk: Talk) -> None:
    await founded(talk)
    await talk.say("done 1 and 2")
    assert "Your last four weeks: 0 · 0 · 0 · 2" in await talk.say("group board")
    await talk.say("group bind", group=True)
    public = await talk.say("group board", group=True)
    assert not talk.last[0].private
    assert "last four weeks" not in public
    assert "2 of 6" not in public


@pytest.mark.parametrize("line", ["group", "group invite", "group share", "group log", "group digest", "settings"])
async def test_in_the_groups_chat_nothing_private_is_said_aloud(talk: Talk, line: str) -> None:
    code = await founded(talk, "bo")
    await talk.say("group bind", group=True)
    await talk.say(line, group=True)
    for reply in talk.last:
        assert reply.private or (code not in reply.text and "others see" not in reply.text)


async def test_the_group_is_silent_in_its_chat_unless_it_is_meant(talk: Talk) -> None:
    await founded(talk)
    await talk.say("group bind", group=True)
    assert await talk.say("group board", group=True, mentioned=False) == ""


async def test_a_chat_belongs_to_one_group_and_lets_its_people_in_without_a_code(talk: Talk) -> None:
    await founded(talk)
    await talk.say("group bind", group=True)
    await talk.say("group create Other", "bo")
    await talk.say("group bind", "bo", group=True)
    assert templates(talk) == ["group_chat_taken"]
    await talk.say("group board", "cy", group=True)
    assert templates(talk) == ["group_outside"]
    await talk.say("group join", "cy", group=True)
    await talk.tap("Join", "cy")
    assert "Welcome to **Night Owls**, Cy" in talk.last[0].text
    await talk.say("group unbind", "cy", group=True)
    assert templates(talk) == ["group_unbind_not"]
    await talk.say("group unbind", group=True)
    assert templates(talk) == ["group_unbound"]


async def test_who_leaves_asks_once_and_an_owner_is_succeeded_by_the_longest_serving_organiser(talk: Talk) -> None:
    await founded(talk, "bo", "cy")
    await talk.say("group organiser Cy")
    assert "passes to Cy" in await talk.say("group leave")
    await talk.tap("Leave")
    assert "Cy looks after it now" in talk.last[0].text
    assert "owner" in await talk.say("group", "cy")
    await talk.tap("Log", "cy")
    assert "the group passed to Cy" in talk.last[0].text
    words = await talk.wait(days=2)
    assert any("yours to look after now" in text for text in words)


async def test_the_last_to_leave_closes_the_group_and_its_code_is_nobodys(talk: Talk) -> None:
    code = await founded(talk)
    assert "ends with you" in await talk.say("group leave")
    await talk.tap("Leave")
    await talk.say(f"group join {code}", "bo")
    assert templates(talk) == ["group_code_wrong"]


async def test_deleting_ones_data_passes_the_group_on_and_leaves_no_name_behind(talk: Talk) -> None:
    await founded(talk, "bo")
    assert "place in Night Owls (which passes to Bo)" in await talk.say("forget")
    await talk.tap("Delete everything")
    assert "You: Bo · owner" in await talk.say("group", "bo")
    assert "Ada" not in await talk.say("group log", "bo")
    assert "Ada" not in await talk.say("group board", "bo")


async def test_an_owner_who_vanishes_for_sixty_days_is_succeeded_by_somebody_who_has_not(talk: Talk) -> None:
    await founded(talk, "bo", "cy")
    for _ in range(10):
        await talk.wait(days=7)
        await talk.say("next", "cy")
    assert "You: Cy · owner" in await talk.say("group", "cy")
    assert "You: Ada · organiser" in await talk.say("group")


async def test_only_the_owner_closes_a_group_and_is_asked_first(talk: Talk) -> None:
    await founded(talk, "bo")
    await talk.say("group dissolve", "bo")
    assert templates(talk) == ["group_not_yours"]
    assert "for you and 1 other" in await talk.say("group dissolve")
    await talk.tap("Close it for all")
    assert "You're in no group yet" in await talk.say("group", "bo")


async def test_a_group_is_renamed_and_named_back_in_one_tap(talk: Talk) -> None:
    await founded(talk)
    await talk.say("group rename Early Birds")
    await talk.tap("Undo")
    assert "**Early Birds** is called **Night Owls** now" in talk.last[0].text


async def test_a_group_changes_hands_only_by_its_owners_word(talk: Talk) -> None:
    await founded(talk, "bo")
    await talk.say("group transfer Bo")
    await talk.tap("Hand it over")
    assert "You: Bo · owner" in await talk.say("group", "bo")
    await talk.say("group transfer Bo")
    assert templates(talk) == ["group_not_yours"]


async def test_who_is_barred_does_not_come_back_until_they_are_let(talk: Talk) -> None:
    code = await founded(talk, "bo")
    await talk.say("group remove Bo")
    await talk.tap("Bar for good")
    await talk.say(f"group join {code}", "bo")
    assert templates(talk) == ["group_barred"]
    await talk.say("group remove Bo")
    log = await talk.say("group log")
    assert "Ada barred somebody\n" in log
    number = next(b for b in await _removed(talk, code, "cy") if b.startswith("group_letback"))
    await talk.press(number)
    await talk.say(f"group join {code}", "cy")
    assert templates(talk) == ["group_join_sure"]


async def _removed(talk: Talk, code: str, who: str) -> list[str]:
    """Somebody joins and is barred; what the buttons under the organiser's answer do."""
    await talk.say(f"group join {code} yes", who)
    await talk.say(f"group remove {who}")
    await talk.tap("Bar for good")
    return [button.action for button in talk.buttons]


async def test_organisers_do_not_remove_those_above_them(talk: Talk) -> None:
    await founded(talk, "bo")
    await talk.say("group organiser Bo")
    await talk.say("group remove Ada", "bo")
    assert templates(talk) == ["group_not_them"]


async def test_two_of_whom_one_blocked_the_other_no_longer_see_each_other(talk: Talk) -> None:
    await founded(talk, "bo", "cy")
    await talk.say("group block Cy", "bo")
    assert "Cy" not in await talk.say("group board", "bo")
    assert "Bo" not in await talk.say("group board", "cy")
    await talk.say("group cheer Bo", "cy")
    assert templates(talk) == ["group_who"]
    await talk.say("group block Cy", "bo")
    assert "Cy" in await talk.say("group board")


async def test_a_report_reaches_the_organisers_without_its_writer_and_not_who_it_is_about(talk: Talk) -> None:
    await founded(talk, "bo", "cy")
    await talk.say("group report Cy", "bo")
    await talk.say("posts spam", "bo")
    assert "Reported" not in await talk.say("group overview")
    await talk.say("group report Cy posts spam", "bo")
    await talk.tap("Send it", "bo")
    overview = await talk.say("group overview")
    assert 'Reported: Cy, "posts spam"' in overview
    assert "Bo" not in overview
    await talk.say("group organiser Cy")
    assert "Reported" not in await talk.say("group overview", "cy")


async def test_a_report_that_only_its_subject_would_read_is_not_passed_on(talk: Talk) -> None:
    await founded(talk, "bo")
    await talk.say("group report Ada", "bo")
    assert templates(talk) == ["group_report_nobody"]


async def test_however_many_cheer_one_message_a_day_arrives_and_never_from_oneself(talk: Talk) -> None:
    await founded(talk, "bo", "cy")
    await talk.say("group cheer Ada")
    assert templates(talk) == ["group_cheer_self"]
    for who in ("bo", "cy", "bo"):
        await talk.say("group cheer Ada", who)
    words = [text for text in await talk.wait(days=2) if "cheer you on" in text]
    assert words == ["Bo and Cy from **Night Owls** saw your work and cheer you on."]


async def test_a_question_goes_out_by_its_askers_tap_and_the_answer_comes_back_to_them_alone(talk: Talk) -> None:
    await founded(talk, "bo")
    await talk.say("group bind", group=True)
    await talk.say("group ask why is my loss NaN?", "bo")
    await talk.wait(minutes=1)
    assert not talk.mailbox.posts
    await talk.say("group ask why is my loss NaN?", "bo")
    await talk.tap("Ask them", "bo")
    await talk.wait(minutes=1)
    (post,) = talk.mailbox.posts
    assert "Bo asks **Night Owls**" in post.message.text
    await talk.press(post.message.buttons[0][0].action)
    assert "To Bo, as your answer" in await talk.say("lower the learning rate")
    assert await talk.tap("Send it") == "Thank you. Bo has it."
    await talk.wait(hours=12)
    answers = [push for push in talk.mailbox.pushes if push.delivery.kind == "answer"]
    assert [(push.to.external_id, "lower the learning rate" in push.message.text) for push in answers] == [("bo", True)]


async def test_what_comes_after_a_question_for_a_name_may_still_be_meant_for_the_mentor(talk: Talk) -> None:
    await talk.enroll()
    await talk.say("group create")
    assert "Next: 1" in await talk.say("what's next?")
    assert "You're in no group yet" in await talk.say("group")


async def test_two_who_are_stuck_on_the_same_task_meet_when_both_say_yes(talk: Talk) -> None:
    await founded(talk, "bo", "cy")
    for who in ("bo", "cy"):
        await talk.say("stuck", who)
        await talk.tap("Ask my group", who)
        await talk.say("what does a type do?", who)
        await talk.tap("Ask them", who)
    await talk.tap("Work on it together", "cy")
    await talk.wait(days=2)
    offer = next(p for p in talk.mailbox.pushes if p.message.template == "group_together")
    assert offer.to.external_id == "bo"
    assert not any(p.message.template == "group_introduced" for p in talk.mailbox.pushes)
    await talk.press(offer.message.buttons[0][0].action, "bo")
    await talk.wait(days=2)
    met = [p.to.external_id for p in talk.mailbox.pushes if p.message.template == "group_introduced"]
    assert met == ["cy"]


async def test_buddies_are_introduced_when_both_look_for_one(talk: Talk) -> None:
    await founded(talk, "bo")
    await talk.say("group buddy")
    assert templates(talk) == ["group_buddy_waits"]
    await talk.say("group buddy", "bo")
    assert "You and Ada" in talk.last[0].text
    assert any("You and Bo" in text for text in await talk.wait(days=2))


async def test_news_is_previewed_counted_sent_once_and_logged(talk: Talk) -> None:
    await founded(talk, "bo")
    await talk.say("group announce", "bo")
    assert templates(talk) == ["group_not_yours"]
    await talk.say("group bind", group=True)
    assert "goes to 1 chat" in await talk.say("group announce Call on Friday")
    button = next(b for b in talk.buttons if b.label == "Send it")
    await talk.press(button.action)
    await talk.press(button.action)
    await talk.wait(minutes=1)
    assert [post.message.text for post in talk.mailbox.posts] == ["**Night Owls** · from Ada\n\nCall on Friday"]
    assert (await talk.say("group log", "bo")).count("Call on Friday") == 1


async def test_two_words_from_the_group_come_on_two_days(talk: Talk) -> None:
    """However many things happen at once: a cheer and an introduction do not arrive together."""
    await founded(talk, "bo")
    await talk.say("group cheer Ada", "bo")
    await talk.say("group buddy")
    await talk.say("group buddy", "bo")
    assert len(await talk.wait(hours=20)) == 1
    await talk.wait(days=2)
    kinds = {p.message.template: p.to.external_id for p in talk.mailbox.pushes if p.message.template != "weekly"}
    assert kinds == {"group_cheered": "ada", "group_buddy": "ada"}


async def test_a_phase_that_somebody_finished_is_in_the_weeks_news(talk: Talk) -> None:
    await founded(talk, "bo")
    await talk.say("group bind", group=True)
    roadmap = talk.app.catalog.roadmap("ml-engineer-40")
    for week in roadmap.phases[0].weeks:
        await talk.say(f"week {week.first}", "bo")
        await talk.say("done all", "bo")
        await talk.say("done all", "bo")
    await talk.wait(days=7)
    assert f"Bo has finished {roadmap.phases[0].title}. Well done." in talk.mailbox.posts[0].message.text


async def test_a_board_of_many_comes_a_screen_at_a_time_by_name(talk: Talk) -> None:
    code = await founded(talk)
    for number in range(14):
        await talk.say(f"group join {code} yes", f"m{number:02}")
    first = await talk.say("group board")
    assert "15 people · 1 of 2" in first
    assert [name for name in ("M10", "M11") if name in first] == ["M10"]
    second = await talk.tap("Next")
    assert [name for name in ("M10", "M11", "M13") if name in second] == ["M11", "M13"]
    assert "last four weeks" not in second


async def test_a_button_acts_on_its_own_group_wherever_it_is_pressed(talk: Talk) -> None:
    """In the chat of another group, a button that was made for one must not end the other."""
    await founded(talk)
    await talk.say("group create Early Birds")
    await talk.say("group bind", group=True)
    await talk.say("group_dissolve #1 yes", group=True)
    assert "**Night Owls** is closed" in talk.last[0].text
    assert "**Early Birds** meets here" in await talk.say("group", group=True)


async def test_an_export_holds_what_members_share_and_counts_the_rest(talk: Talk) -> None:
    await founded(talk, "bo", "cy")
    await talk.say("group alias Raven", "bo")
    await talk.say("group share hidden", "cy")
    await talk.say("group export")
    (file,) = talk.last[0].files
    made = json.loads(file.content)
    assert [m["name"] for m in made["members"]] == ["Ada", "Raven"]
    assert (made["people"], made["hidden"]) == (3, 1)
    assert "Bo" not in file.content.decode()


async def test_a_chat_that_shuts_us_out_is_let_go_and_its_owner_hears_of_it(talk: Talk) -> None:
    await founded(talk)
    await talk.say("group bind", group=True)
    talk.mailbox.failures.append(SendFailed("bot was kicked", permanent=True))
    until_sunday = timedelta(days=6, hours=10)
    words = await talk.wait(days=until_sunday.days, seconds=until_sunday.seconds)
    words += await talk.wait(days=3)
    assert any("no longer belongs to **Night Owls**" in text for text in words)
    assert not talk.mailbox.posts
    assert "No chat belongs to it yet" in await talk.say("group")


async def test_the_news_goes_out_at_the_hour_the_group_chose_and_not_when_it_is_off(talk: Talk) -> None:
    await founded(talk)
    await talk.say("group bind", group=True)
    await talk.say("done 1")
    assert "Fridays at 17:30 New York" in await talk.say("group digest fri 17:30 New York")
    await talk.wait(days=7)
    (post,) = talk.mailbox.posts
    assert post.posting.due_at.isoformat() == "2026-12-04T22:30:00+00:00"
    assert "Moving: Ada.\n" in post.message.text
    assert "To think about: " in post.message.text
    await talk.say("group digest off")
    await talk.wait(days=14)
    assert len(talk.mailbox.posts) == 1


async def test_a_newcomer_without_a_roadmap_is_offered_the_groups(talk: Talk) -> None:
    code = await founded(talk)
    await talk.say("group cohort ml-engineer-40 2027-01-04")
    await talk.say(f"group join {code}", "dee")
    assert "ML Engineer is suggested there" in talk.last[0].text
    await talk.tap("Join", "dee")
    assert "ML Engineer (40 weeks)" in talk.labels


async def test_a_stranger_cannot_act_on_a_group_by_its_number(talk: Talk) -> None:
    await founded(talk)
    await talk.enroll(who="eve")
    for action in ("group_board #1", "group_dissolve #1 yes", "group_invite #1", "group_export #1", "group_log #1"):
        await talk.press(action, "eve")
        assert templates(talk) == ["group_gone"], action


async def test_what_somebody_shipped_stands_on_the_board_of_those_they_show_it_to(talk: Talk) -> None:
    await founded(talk, "bo")
    await talk.say("ship https://bo.dev/fraud fraud", "bo")
    assert "bo.dev" not in await talk.say("group board")

    await talk.say("group share full", "bo")
    assert "https://bo.dev/fraud" in await talk.say("group board")


async def test_a_founder_without_a_city_is_asked_for_the_groups_once_and_a_bare_city_is_the_answer(talk: Talk) -> None:
    assert "Say a city" in await talk.say("group create Night Owls")
    await talk.say("what's next?")
    assert "group_digest" not in templates(talk)
    assert "Say a city" in await talk.say("group create Early Birds", "bo")
    assert "Sundays at 18:00 Kolkata" in await talk.say("Pune", "bo")
    await talk.enroll(who="cy")
    assert "Say a city" not in await talk.say("group create Larks", "cy")


async def test_a_founder_in_the_groups_chat_is_asked_there(talk: Talk) -> None:
    assert "Say a city" in await talk.say("group create Night Owls", group=True)
    assert "Berlin" in await talk.say("Berlin", group=True)
    assert templates(talk) == ["group_digest"]


async def news(talk: Talk) -> str:
    await talk.say("group bind", group=True)
    await talk.wait(days=7)
    return talk.mailbox.posts[-1].message.text


async def test_the_news_of_a_week_in_which_everybody_moved_says_so(talk: Talk) -> None:
    await founded(talk, "bo")
    await talk.say("done 1")
    await talk.say("done 1", "bo")
    text = await news(talk)
    assert "Everybody moved: Ada, Bo.\n" in text
    assert "away" not in text


async def test_the_news_does_not_say_everybody_of_those_it_may_not_speak_of(talk: Talk) -> None:
    await founded(talk, "bo", "cy")
    await talk.say("group share hidden", "cy")
    for who in ("ada", "bo"):
        await talk.say("done 1", who)
    assert "\n\nMoving: Ada, Bo.\n" in await news(talk)


@pytest.mark.parametrize(("full", "said"), [((), ""), (("bo",), ""), (("ada", "bo"), "; 3 tasks together")])
async def test_no_sum_tells_how_much_somebody_did_who_does_not_show_it(
    talk: Talk, full: Sequence[str], said: str
) -> None:
    await founded(talk, "bo")
    for who in full:
        await talk.say("group share full", who)
    await talk.say("done 1 and 2")
    await talk.say("done 1", "bo")
    assert ("2 people moved in these seven days" + said.replace(";", ",") + ".") in await talk.say("group board")
    assert f"Everybody moved: Ada, Bo{said}." in await news(talk)


async def test_three_who_show_no_tasks_are_enough_for_a_sum(talk: Talk) -> None:
    await founded(talk, "bo", "cy")
    for who in ("ada", "bo", "cy"):
        await talk.say("done 1", who)
    assert "3 people moved in these seven days, 3 tasks together." in await talk.say("group board")


async def test_the_news_of_a_week_in_which_nobody_moved_is_kind_and_names_nobody(talk: Talk) -> None:
    await founded(talk, "bo")
    text = await news(talk)
    assert "A quiet week, and that's fine." in text
    assert not {"Ada", "Bo", "away"} & set(text.replace(",", " ").split())


async def test_the_news_of_one_person_has_a_way_in_for_others_and_nobody_to_cheer(talk: Talk) -> None:
    await founded(talk)
    await talk.say("done 1")
    text = await news(talk)
    assert "Moving: Ada.\n" in text
    assert "room for a second person" in text
    labels = [b.label for row in talk.mailbox.posts[-1].message.buttons for b in row]
    assert labels == ["Board", "Join"]


async def asked_the_group(talk: Talk) -> tuple[str, ...]:
    """Ada's question, posted in the group's chat. Returns what its buttons do."""
    await founded(talk, "bo")
    await talk.say("group bind", group=True)
    await talk.say("group ask why does my CNN not learn?")
    await talk.tap("Ask them")
    await talk.wait(minutes=1)
    return tuple(button.action for row in talk.mailbox.posts[-1].message.buttons for button in row)


async def test_a_reply_to_a_posted_question_goes_to_the_asker_without_asking_twice(talk: Talk) -> None:
    beneath = await asked_the_group(talk)
    assert await talk.say("done 2 epochs too few", "bo", group=True, beneath=beneath) == "Thank you. Ada has it."
    assert not talk.last[0].private
    await talk.wait(minutes=1)
    assert "done 2 epochs too few" in talk.mailbox.texts[-1]
    assert "\n0 of 167 tasks" in await talk.say("progress", "bo")
    await talk.say("and a lower rate", "bo", group=True, beneath=beneath)
    await talk.wait(minutes=1)
    assert "and a lower rate" in talk.mailbox.texts[-1]


async def test_a_reply_with_a_command_or_by_a_stranger_or_below_the_news_is_no_answer(talk: Talk) -> None:
    beneath = await asked_the_group(talk)
    await talk.say("/group board", "bo", group=True, beneath=beneath)
    assert templates(talk) == ["group_board"]
    await talk.say("try this", "eve", group=True, beneath=beneath)
    assert templates(talk) == ["group_answer_late"]
    await talk.say("group board", "bo", group=True, beneath=("group_board #1", *beneath))
    assert templates(talk) == ["group_board"]
    before = len(talk.mailbox.pushes)
    await talk.wait(minutes=1)
    assert len(talk.mailbox.pushes) == before

"""What a group promises its members: who hides is not named, nobody is introduced unasked or taken by surprise."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.message import ChannelRef, ChatKind, Message, Sender
from tests.conversations.test_groups import founded, templates
from tests.conversations.two_platforms import Side, linked, two_platforms
from tests.talk import Talk


@pytest.fixture
async def sides(tmp_path: Path) -> AsyncIterator[tuple[Side, Side]]:
    async with two_platforms(tmp_path / "m.db") as both:
        yield both


async def test_an_owner_who_hides_is_named_to_nobody(talk: Talk) -> None:
    code = await founded(talk, "bo", "cy")
    await talk.say("group organiser Cy")
    await talk.say("group share hidden")
    assert "Ada" not in await talk.say(f"group join {code}", "eve")
    assert "Ada" not in await talk.say("group", "bo")
    log = await talk.say("group log", "bo")
    assert "somebody who keeps out of sight made an organiser of Cy" in log
    assert "Ada made an organiser of Cy" in await talk.say("group log", "cy")


async def test_no_refused_name_tells_who_hides_or_is_behind_another_name(talk: Talk) -> None:
    await founded(talk, "bo", "cy", "dee", "eve")
    await talk.say("group alias Raven", "cy")
    await talk.say("group share hidden", "dee")
    await talk.press("group_remove #1 id:5 bar")
    for name in ("Raven", "raven", "Ada", "Ada (2)"):
        assert f"{name} isn't free there: somebody goes by it" in await talk.say(f"group alias {name}", "bo")
    for name in ("Cy", "Dee", "Eve", "Nobody"):
        assert f"you're {name} from now on" in await talk.say(f"group alias {name}", "bo")


async def test_a_name_taken_while_its_bearer_hid_is_numbered_when_they_show_themselves(talk: Talk) -> None:
    await founded(talk, "bo", "cy")
    await talk.say("group share hidden", "cy")
    await talk.say("group alias Cy", "bo")
    assert "\n- Cy ·" in await talk.say("group board")
    await talk.say("group share percent", "cy")
    board = await talk.say("group board")
    assert "- Cy (1) ·" in board
    assert "- Cy (2) ·" in board


async def test_the_cheer_and_the_answer_of_somebody_hidden_carry_no_name(talk: Talk) -> None:
    await founded(talk, "bo", "cy")
    await talk.say("group share hidden", "cy")
    await talk.say("group cheer Ada", "cy")
    await talk.say("group ask why NaN?")
    await talk.tap("Ask them")
    await talk.press("group_answer 1", "cy")
    await talk.say("lower the learning rate", "cy")
    await talk.tap("Send it", "cy")
    words = "\n".join(await talk.wait(days=3))
    assert "Somebody from **Night Owls** saw your work and cheers you on." in words
    assert "Somebody from **Night Owls**, on" in words
    assert "Cy" not in words


async def test_who_hides_is_told_that_a_question_shows_a_name_before_it_goes(talk: Talk) -> None:
    await founded(talk, "bo")
    assert "You hide there" not in await talk.say("group ask why NaN?", "bo")
    await talk.say("group share hidden", "bo")
    assert "You hide there, and this shows a name." in await talk.say("group ask why NaN?", "bo")


async def test_who_joins_is_told_that_whoever_is_in_the_groups_chats_reads_along(talk: Talk) -> None:
    code = await founded(talk)
    assert "They, and whoever reads the group's chats, will see Bo" in await talk.say(f"group join {code}", "bo")


async def _stuck(talk: Talk, who: str) -> None:
    await talk.say("stuck", who)
    await talk.tap("Ask my group", who)
    await talk.say("what does a type do?", who)


async def test_nobody_is_introduced_who_was_not_asked(talk: Talk) -> None:
    await founded(talk, "bo", "cy")
    for who in ("bo", "cy"):
        await _stuck(talk, who)
        await talk.tap("Ask them", who)
    together = next(b.action for b in talk.buttons if b.action.startswith("group_together"))
    await talk.press(f"{together} yes", "cy")
    assert templates(talk) == ["group_answer_late"]
    await talk.wait(days=2)
    assert "group_introduced" not in {p.message.template for p in talk.mailbox.pushes}


async def test_a_question_that_was_only_prepared_puts_nobody_in_touch(talk: Talk) -> None:
    await founded(talk, "bo", "cy")
    await _stuck(talk, "bo")
    drafted = next(b.action for b in talk.buttons if "send:" in b.action).rpartition(":")[2]
    await _stuck(talk, "cy")
    await talk.tap("Ask them", "cy")
    await talk.press(f"group_together {int(drafted) + 1} {drafted}", "cy")
    assert templates(talk) == ["group_answer_late"]


async def test_linking_takes_no_pseudonym_off(sides: tuple[Side, Side]) -> None:
    telegram, discord = sides
    await founded(telegram, "bo")
    code = (await telegram.say("group invite")).split("`")[1]
    await discord.say(f"group join {code} yes", "raven")
    await discord.say("group alias Nightbird", "raven")
    assert "Night Owls" in await discord.say(f"link {await telegram.code('bo')}", "raven")
    await discord.tap("Link them", "raven")
    board = await telegram.say("group board")
    assert "Nightbird" in board
    assert "Bo" not in board


async def test_who_is_known_by_the_name_of_one_account_is_not_renamed_by_linking(sides: tuple[Side, Side]) -> None:
    telegram, discord = sides
    await telegram.enroll()
    await telegram.enroll(who="bo")
    await telegram.say("group create Night Owls")
    code = (await telegram.say("group invite")).split("`")[1]
    await discord.say(f"group join {code} yes", "raven")
    await linked(telegram, discord, "bo", "raven")
    board = await telegram.say("group board")
    assert "Raven" in board
    assert "Bo" not in board


async def test_a_bar_holds_for_the_other_account_too(sides: tuple[Side, Side]) -> None:
    telegram, discord = sides
    await founded(telegram, "bo")
    code = (await telegram.say("group invite")).split("`")[1]
    await telegram.say("group remove Bo")
    await telegram.tap("Bar for good")
    await discord.say(f"group join {code} yes", "fresh")
    await linked(telegram, discord, "bo", "fresh")
    assert "You're in no group yet" in await discord.say("group", "fresh")
    assert "came in by another account, and is out again" in await telegram.say("group log")


async def test_cheers_after_the_days_message_come_with_the_next_one(talk: Talk) -> None:
    await founded(talk, "bo", "cy")
    await talk.say("group cheer Ada", "bo")
    assert any("Bo from" in text for text in await talk.wait(hours=2))
    assert "with the next" in await talk.say("group cheer Ada", "cy")
    assert "already" in await talk.say("group cheer Ada", "bo")
    words = [text for text in await talk.wait(days=3) if "you on" in text]
    assert words == ["Cy from **Night Owls** saw your work and cheers you on."]


async def test_cheers_from_two_groups_on_one_day_come_in_one_message(talk: Talk) -> None:
    await founded(talk, "bo")
    await founded(talk, "cy", name="Early Birds")
    await talk.say("group cheer Ada", "bo")
    await talk.say("group cheer Ada", "cy")
    (words,) = [text for text in await talk.wait(days=3) if "you on" in text]
    assert "Bo from **Night Owls** saw" in words
    assert "Cy from **Early Birds** saw" in words


async def test_on_a_break_nothing_comes_from_the_group_and_an_answer_waits_for_the_return(talk: Talk) -> None:
    await founded(talk, "bo")
    await talk.wait(days=1)
    await talk.say("group ask why NaN?")
    await talk.tap("Ask them")
    await talk.say("pause")
    await talk.say("group cheer Ada", "bo")
    await talk.say("group_answer 1 lower the learning rate", "bo")
    await talk.tap("Send it", "bo")
    await talk.wait(days=20)
    assert not [push for push in talk.mailbox.pushes if push.to.external_id == "ada"]
    await talk.say("resume")
    await talk.wait(days=2)
    assert "group_answered" in [push.message.template for push in talk.mailbox.pushes if push.to.external_id == "ada"]


async def test_whoever_inherits_a_group_on_a_break_hears_of_it_on_their_return(talk: Talk) -> None:
    await founded(talk, "bo")
    await talk.enroll(who="bo")
    await talk.say("pause 3 weeks", "bo")
    await talk.say("group leave yes")
    assert not any("yours to look after" in text for text in await talk.wait(weeks=2))
    assert any("yours to look after" in text for text in await talk.wait(weeks=2))


async def test_a_group_that_was_handed_on_meanwhile_is_nobodys_to_look_after_any_more(talk: Talk) -> None:
    await founded(talk, "bo", "cy")
    await talk.enroll(who="bo")
    await talk.say("pause 3 weeks", "bo")
    await talk.press("group_transfer #1 id:2 yes")
    await talk.press("group_transfer #1 id:3 yes", "bo")
    await talk.wait(weeks=5)
    told = [push.to.external_id for push in talk.mailbox.pushes if push.message.template == "group_heir"]
    assert told == ["cy"]


async def test_who_is_made_an_organiser_hears_of_it_and_who_is_one_no_more_does_not(talk: Talk) -> None:
    await founded(talk, "bo", "cy")
    await talk.press("group_role #1 id:2")
    await talk.press("group_role #1 id:3")
    await talk.press("group_role #1 id:3")
    said = await talk.wait(hours=1)
    assert [push.to.external_id for push in talk.mailbox.pushes] == ["bo"]
    assert "You're an organiser of **Night Owls** now" in said[0]


async def test_who_is_taken_out_of_a_group_hears_of_it_without_a_button_into_it(talk: Talk) -> None:
    await founded(talk, "bo")
    await talk.press("group_remove #1 id:2 out")
    assert "You're not in **Night Owls** any more" in (await talk.wait(hours=1))[0]
    [push] = talk.mailbox.pushes
    assert (push.to.external_id, push.message.buttons) == ("bo", ())


async def test_a_typed_name_is_a_name_as_a_whole(talk: Talk) -> None:
    await founded(talk, "bo", "cy")
    await talk.say("group alias Bo out", "cy")
    assert "Take Bo out out of" in await talk.say("group remove Bo out")
    await talk.say("group remove Bo bar")
    assert templates(talk) == ["group_who"]
    assert "3 people" in await talk.say("group board")


@pytest.mark.parametrize("name", ["2", "yes", "Bar", "id:2", "²"])
async def test_a_word_that_commands_know_is_nobodys_name(talk: Talk, name: str) -> None:
    await founded(talk, "bo")
    await talk.say(f"group alias {name}", "bo")
    assert templates(talk) == ["group_alias_word"]


@pytest.mark.parametrize("line", ["group member ²", "group block ² off", "group_ask #1 send:² hi", "group remove ²"])
async def test_a_digit_that_is_no_number_breaks_nothing(talk: Talk, line: str) -> None:
    await founded(talk, "bo")
    await talk.say(line)
    assert templates(talk) in (["group_who"], ["group_ask_sure"])


async def test_a_name_that_looks_like_anothers_is_taken_too(talk: Talk) -> None:
    await founded(talk, "bo")
    for name in ("\u0410da", "A\u200bda", "ＡＤＡ"):
        await talk.say(f"group alias {name}", "bo")
        assert templates(talk) == ["group_alias_taken"]


async def test_two_of_one_name_are_told_apart_by_when_they_came(talk: Talk) -> None:
    code = await founded(talk, "bo")
    await talk.wait(days=1)
    await talk.say(f"group join {code} yes", "BO")
    await talk.say("group member Bo")
    assert sorted(talk.labels) == ["Bo (1) · since Mon 30 Nov", "Bo (2) · since Tue 1 Dec"]


async def test_a_report_is_read_back_before_it_is_passed_on(talk: Talk) -> None:
    await founded(talk, "bo", "cy")
    await talk.say("group report Cy", "bo")
    assert "> what's for dinner" in await talk.say("what's for dinner", "bo")
    await talk.say("group report Cy", "bo")
    await talk.say("never mind", "bo")
    assert "Reported" not in await talk.say("group overview")


async def test_who_was_blocked_can_still_report_who_blocked_them(talk: Talk) -> None:
    await founded(talk, "bo", "cy")
    await talk.say("group block Bo", "cy")
    await talk.say("group report Cy calls me names", "bo")
    await talk.tap("Send it", "bo")
    assert 'Reported: Cy, "calls me names"' in await talk.say("group overview")
    assert "can't find Cy" in await talk.say("group member Cy", "bo")


async def _answered_by_somebody_hidden(talk: Talk) -> str:
    """What the second button does under the answer that Bo got from Cy."""
    await founded(talk, "bo", "cy", "dee")
    await talk.say("group share hidden", "cy")
    await talk.say("group ask why NaN?", "bo")
    await talk.tap("Ask them", "bo")
    await talk.say("group_answer 1 you are stupid", "cy")
    await talk.tap("Send it", "cy")
    assert "Somebody from **Night Owls**" in "".join(await talk.wait(hours=1))
    (answer,) = [p.message for p in talk.mailbox.pushes if p.message.template == "group_answered"]
    ((_, report),) = answer.buttons
    return report.action


async def test_an_answer_without_a_name_can_be_reported_and_its_reporter_learns_no_name(talk: Talk) -> None:
    await talk.press(await _answered_by_somebody_hidden(talk), "bo")
    assert "Cy" not in await talk.say("insults me", "bo")
    assert not any("id:" in button.action for button in talk.buttons)
    assert "Cy" not in await talk.tap("Send it", "bo")
    assert 'Reported: Cy, "insults me"' in await talk.say("group overview")


async def test_a_copy_of_ones_data_has_no_number_of_whoever_answered_without_a_name(talk: Talk) -> None:
    await _answered_by_somebody_hidden(talk)
    await talk.say("mydata", "bo")
    ((file,),) = [reply.files for reply in talk.last]
    (answer,) = [p for p in json.loads(file.content)["postings"] if p["template"] == "group_answered"]
    assert answer["data"] == {"name": "", "text": "you are stupid", "asked": "why NaN?", "question": 1}


async def test_nobody_reports_by_an_answer_that_came_to_somebody_else(talk: Talk) -> None:
    report = await _answered_by_somebody_hidden(talk)
    for action in (report, f"{report} spam", report.replace("a1-", "a9-")):
        await talk.press(action, "dee")
        assert templates(talk) == ["group_who"]


async def test_reports_are_paged_and_go_when_they_are_settled(talk: Talk) -> None:
    await founded(talk, "bo", "cy")
    for number in range(6):
        await talk.say(f"group report Cy harm {number}", "bo")
        await talk.tap("Send it", "bo")
    assert "3 reports more" in await talk.say("group overview")
    await talk.tap("Reports")
    await talk.tap("Settled: Cy")
    assert "harm 5" not in talk.last[0].text
    assert "harm 0" in await talk.tap("Next")
    assert "Ada dealt with a report" in await talk.say("group log", "cy")


@pytest.mark.parametrize("line", ["group create", "group rename", "group alias", "group ask", "group announce"])
@pytest.mark.parametrize("out", ["never mind that", "cancel", "No.", "I changed my mind"])
async def test_whoever_is_asked_for_words_can_leave_it(talk: Talk, line: str, out: str) -> None:
    await founded(talk)
    await talk.say(line)
    await talk.say(out)
    assert templates(talk) in (["group_left_alone"], ["left_alone"])
    assert "**Night Owls** · 1 person" in await talk.say("group")


async def test_a_name_for_the_group_is_not_taken_for_ones_own(talk: Talk) -> None:
    await founded(talk)
    await talk.say("group name Early Birds")
    assert templates(talk) == ["group_name_which"]


async def test_a_block_and_a_bar_can_be_lifted_later(talk: Talk) -> None:
    code = await founded(talk, "bo", "cy")
    await talk.say("group block Bo")
    report = next(b.action for b in talk.buttons if b.label == "Report")
    await talk.press(report)
    assert templates(talk) == ["group_report_what"]
    await talk.say("group block Bo off")
    assert "Bo" in await talk.say("group board")
    await talk.say("group remove Cy")
    await talk.tap("Bar for good")
    await talk.say("group overview")
    await talk.tap("Barred")
    await talk.tap("Let Cy back in")
    await talk.say(f"group join {code}", "cy")
    assert templates(talk) == ["group_join_sure"]


async def test_a_solved_question_counts_towards_the_day(talk: Talk) -> None:
    await founded(talk, "bo")
    for number in range(4):
        await talk.say(f"group ask why {number}?", "bo")
        await talk.tap("Ask them", "bo")
        await talk.say(f"group solved {number + 1}", "bo")
    await talk.say("group ask why 4?", "bo")
    await talk.tap("Ask them", "bo")
    assert templates(talk) == ["group_ask_enough"]


async def test_only_so_much_news_goes_out_in_a_day(talk: Talk) -> None:
    await founded(talk, "bo")
    for number in range(4):
        await talk.say(f"group announce news {number}")
        await talk.tap("Send it")
    assert templates(talk) == ["group_announce_enough"]


async def test_a_question_is_closed_by_its_asker_only(talk: Talk) -> None:
    await founded(talk, "bo")
    await talk.say("group ask why?", "bo")
    await talk.tap("Ask them", "bo")
    await talk.say("group_solved 1")
    assert templates(talk) == ["group_answer_late"]


async def test_a_cohorts_date_is_said_and_its_button_begins_then(talk: Talk) -> None:
    code = await founded(talk)
    await talk.say("group cohort ml-engineer-40 2027-01-04")
    assert "together from Mon 4 Jan 2027" in await talk.say(f"group join {code}", "dee")
    assert "Mon 4 Jan 2027" in await talk.tap("Join", "dee")
    assert "4 Jan" in await talk.tap("ML Engineer (40 weeks)", "dee")


async def test_who_hides_is_not_counted_among_those_who_moved(talk: Talk) -> None:
    await founded(talk, "bo")
    await talk.say("done 1", "bo")
    await talk.say("group share hidden", "bo")
    assert "0 moved" in await talk.say("group overview")


async def test_a_question_that_waits_is_not_brought_to_somebody_who_blocked_its_asker(talk: Talk) -> None:
    await founded(talk, "bo")
    await talk.wait(hours=13)  # quiet hours: it has to wait
    await talk.say("group ask why NaN?", "bo")
    await talk.tap("Ask them", "bo")
    await talk.say("group block Bo")
    await talk.wait(days=3)
    assert "group_question" not in {push.message.template for push in talk.mailbox.pushes}


async def test_the_words_of_somebody_who_deletes_their_data_go_with_them(talk: Talk) -> None:
    await founded(talk, "bo")
    await talk.say("group organiser Bo")
    await talk.say("group announce Ada is great", "bo")
    await talk.tap("Send it", "bo")
    await talk.say("group ask why NaN?")
    await talk.tap("Ask them")
    await talk.say("group_answer 2 lower the rate", "bo")
    await talk.tap("Send it", "bo")
    await talk.say("forget", "bo")
    await talk.tap("Delete everything", "bo")
    assert "is great" not in await talk.say("group log")
    await talk.wait(days=3)
    assert "lower the rate" not in "\n".join(talk.mailbox.texts)


async def test_two_who_were_introduced_reach_each_other_where_the_group_has_no_chat(talk: Talk) -> None:
    await founded(talk, "bo", "cy")
    for who in ("bo", "cy"):
        await _stuck(talk, who)
        await talk.tap("Ask them", who)
    await talk.tap("Work on it together", "cy")
    await talk.wait(days=2)
    offer = next(p for p in talk.mailbox.pushes if p.message.template == "group_together")
    await talk.press(offer.message.buttons[0][0].action, "bo")
    await talk.tap("Say hi", "bo")
    await talk.say("shall we look at it tonight?", "bo")
    assert "Cy has it" in await talk.tap("Send it", "bo")


async def test_news_moved_to_an_hour_that_is_past_on_its_day_still_comes_that_week(talk: Talk) -> None:
    await founded(talk)
    await talk.say("group bind", group=True)
    await talk.wait(days=6, hours=6)  # Sunday, 15:00 in Berlin
    await talk.say("group digest sun 12:00")
    await talk.wait(hours=1)
    assert len(talk.mailbox.posts) == 1
    await talk.wait(days=7)
    assert len(talk.mailbox.posts) == 2


async def test_everybody_hears_that_a_group_was_closed_and_then_nothing_is_left_of_it(talk: Talk) -> None:
    code = await founded(talk, "bo")
    await talk.say("group bind", group=True)
    await talk.say("group dissolve")
    await talk.tap("Close it for all")
    await talk.say(f"group join {code}", "cy")
    assert templates(talk) == ["group_code_wrong"]
    await talk.wait(days=3)
    assert [post.message.template for post in talk.mailbox.posts] == ["group_closed"]
    told = [push.to.external_id for push in talk.mailbox.pushes if push.message.template == "group_closed"]
    assert told == ["bo"]
    await talk.wait(days=10)
    async with talk.app.store.work() as work:
        assert await work.groups.get(1) is None


async def test_the_chat_of_a_closed_group_can_belong_to_another_at_once(talk: Talk) -> None:
    await founded(talk, "bo")
    await talk.say("group bind", group=True)
    await talk.say("group dissolve")
    await talk.tap("Close it for all")
    await talk.say("group create Larks", "bo", group=True)
    assert templates(talk) == ["group_bound"]


async def test_leaving_can_be_confirmed_in_words(talk: Talk) -> None:
    await founded(talk, "bo")
    await talk.say("group leave", "bo")
    await talk.say("yes", "bo")
    assert templates(talk) == ["group_left"]


async def test_the_weeks_topic_is_something_to_choose_and_not_a_quiz(talk: Talk) -> None:
    await founded(talk)
    await talk.say("group bind", group=True)
    await talk.wait(days=21)
    topics = [post.message.text.partition(" about: ")[2].splitlines()[0] for post in talk.mailbox.posts]
    assert len(set(topics)) == len(topics) == 3
    assert all(topic.startswith(("when would you take", "Why", "What is the difference")) for topic in topics)


async def test_a_chat_with_a_long_title_lends_what_fits_of_it(talk: Talk) -> None:
    talk.last = await talk.app.mentor.handle(
        Message("test", "1", Sender("ada", "Ada"), ChannelRef("test", "g", ChatKind.GROUP, "Owls " * 20),
                talk.clock.now(), "group create", "", True)
    )  # fmt: skip
    assert templates(talk) == ["group_bound"]

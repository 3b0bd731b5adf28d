"""What becomes of a push when a platform refuses it, or the learner changed their mind meanwhile."""

from __future__ import annotations

from datetime import timedelta

from bot.engine.errors import SendFailed
from tests.talk import Talk


async def test_a_passing_failure_is_tried_again_and_goes_out_once(talk: Talk) -> None:
    await talk.enroll()
    talk.mailbox.failures = [SendFailed("502"), SendFailed("502")]
    assert len(await talk.wait(days=8)) == 1
    assert talk.mailbox.failures == []


async def test_a_platforms_wish_to_wait_is_kept(talk: Talk) -> None:
    await talk.enroll()
    talk.mailbox.failures = [SendFailed("429", retry_after=timedelta(minutes=17))]
    await talk.wait(days=6, hours=23)
    due = await talk.pushes.next_due()
    assert due is not None
    await talk.wait(hours=1, minutes=1)
    assert talk.mailbox.pushes == []
    assert (await talk.pushes.next_due() or due) >= due + timedelta(minutes=17)
    assert len(await talk.wait(hours=2)) == 1


async def test_a_message_that_may_have_arrived_is_not_repeated_at_once(talk: Talk) -> None:
    await talk.enroll()
    await talk.wait(days=6, hours=23)
    due = await talk.pushes.next_due()
    assert due is not None
    talk.mailbox.failures = [SendFailed("timed out", in_doubt=True)]
    talk.clock.move(due)
    await talk.pushes.tick()
    again = await talk.pushes.next_due()
    assert again is not None
    assert again >= due + timedelta(minutes=1)


async def test_a_blocked_chat_keeps_the_push_until_the_learner_writes_again(talk: Talk) -> None:
    await talk.enroll()
    talk.mailbox.failures = [SendFailed("blocked", permanent=True)]
    assert await talk.wait(days=8) == []
    await talk.say("hi")
    pushed = await talk.wait(hours=7)
    assert len(pushed) == 1
    assert "This was due" in pushed[0]


async def test_a_push_that_fails_for_ever_is_given_up_and_the_next_one_goes(talk: Talk) -> None:
    await talk.enroll()
    talk.mailbox.failures = [SendFailed("400")] * 8
    await talk.wait(days=8)
    assert talk.mailbox.failures == []
    assert talk.mailbox.pushes == []
    assert len(await talk.wait(days=7)) == 1


async def test_what_was_planned_is_dropped_when_the_plan_is_paused_before_it_goes(talk: Talk) -> None:
    await talk.enroll()
    talk.mailbox.failures = [SendFailed("502", retry_after=timedelta(hours=2))]
    await talk.wait(days=7, minutes=1)
    await talk.say("pause")
    assert await talk.wait(days=3) == []


async def test_two_learners_at_the_same_instant_both_hear(talk: Talk) -> None:
    await talk.enroll()
    await talk.enroll(who="bo")
    await talk.wait(days=8)
    assert {push.to.external_id for push in talk.mailbox.pushes} == {"ada", "bo"}


async def test_no_more_than_one_unasked_push_a_day(talk: Talk) -> None:
    await talk.enroll()
    await talk.wait(days=7, hours=2)
    await talk.say("at mon 13:00")  # the same day, later: this week's plan came already
    days = {push.delivery.local_date for push in talk.mailbox.pushes}
    await talk.wait(days=1)
    assert len(talk.mailbox.pushes) == len(days)

"""What is merely told is no wish: hours of a life, places of another day, other people's work, marks that deny."""

from __future__ import annotations

import pytest

from bot.understanding.reader import Reader
from tests.understanding.test_never_harms import acts


@pytest.mark.parametrize(
    "text",
    ["did 2 but it doesn't work", "done 2 and it is broken", "did 2, doesn't work", "hice la 2 pero no funciona",
     "j'ai fait la 2 mais ça marche pas"],
)  # fmt: skip
def test_a_claim_that_is_complained_of_is_a_call_for_help(reader: Reader, text: str) -> None:
    (understood,) = reader.read(text).intents
    assert understood.name == "stuck"
    assert understood.slots["tasks"] == [2]


@pytest.mark.parametrize("text", ["done 1, i'm stuck now", "finished 1, stuck on 2"])
def test_a_claim_beside_another_trouble_still_counts(reader: Reader, text: str) -> None:
    assert acts(reader.read(text)) == ["done"]


@pytest.mark.parametrize("text", ["2 ❌", "❌ 2", "✗ 2", "🚫 3", "2 👎", "2 ⏳", "⬜ 2", "2+2", "3-1", "2:1"])
def test_marks_that_deny_mark_nothing(reader: Reader, text: str) -> None:
    assert acts(reader.read(text)) == []


@pytest.mark.parametrize("text", ["2+2", "3-1", "2:1", "сделал 2 но не работает"])
def test_sums_and_half_claims_mark_nothing(reader: Reader, text: str) -> None:
    assert acts(reader.read(text)) == []


@pytest.mark.parametrize("text", ["2 ✅", "✔️ 2", "2 done 🎉", "✅ 1 ✅ 2"])
def test_other_marks_still_mark(reader: Reader, text: str) -> None:
    assert acts(reader.read(text)) == ["done"]


@pytest.mark.parametrize(
    "text",
    ["i'm in berlin next week", "i was in rome last week", "i'm in love with tokyo", "下周我在东京",
     "i'm on holiday next month", "holiday soon", "holiday in may", "going away in 3 weeks", "libur bulan depan",
     "i'm at work till 6", "im in tokyo until friday", "i'll be back"],
)  # fmt: skip
def test_where_one_will_be_changes_nothing_now(reader: Reader, text: str) -> None:
    assert acts(reader.read(text)) == []


@pytest.mark.parametrize(
    ("text", "intent"),
    [("i moved to berlin last week", "set_timezone"), ("i'm in berlin now", "set_timezone"),
     ("pause until next month", "pause"), ("i'm travelling for the next 10 days, pause please", "pause"),
     ("hold my plan until december 1", "pause"), ("put everything on hold till i say so", "pause")],
)  # fmt: skip
def test_what_is_wished_now_is_done_at_once(reader: Reader, text: str, intent: str) -> None:
    assert acts(reader.read(text)) == [intent]


@pytest.mark.parametrize(
    "text",
    ["i usually study at 9 pm", "i work until 8 pm", "im free on sundays", "i study mondays and thursdays",
     "9 pm is late", "remind bo tomorrow", "back in 5", "back to 2", "clear", "delete 2", "2还差一点",
     "can you not mark it until i check"],
)  # fmt: skip
def test_hours_and_ways_of_a_life_move_nothing(reader: Reader, text: str) -> None:
    assert acts(reader.read(text)) == []


@pytest.mark.parametrize(
    "text",
    ["cool project https://github.com/a/b", "bo's project https://github.com/bo/x", "i cloned https://github.com/a/b",
     "my repo is broken https://github.com/a/b", "like this project? https://github.com/a/b",
     "the project https://github.com/a/b helped a lot"],
)  # fmt: skip
def test_a_link_to_look_at_is_not_handed_in(reader: Reader, text: str) -> None:
    assert acts(reader.read(text)) == []


@pytest.mark.parametrize("text", ["i'm so done with this week", "im so done"])
def test_a_sigh_is_no_claim(reader: Reader, text: str) -> None:
    assert [intent.name for intent in reader.read(text).intents] == ["stuck"]


@pytest.mark.parametrize("text", ["so done 1 and 2, now what", "so i'm done with 2"])
def test_so_before_a_claim_is_no_sigh(reader: Reader, text: str) -> None:
    assert acts(reader.read(text)) == ["done"]


@pytest.mark.parametrize("text", ["2 ho gaya kya", "मुझे 2 पूरा करना है", "我们都做完了2"])
def test_questions_duties_and_all_of_us_mark_nothing(reader: Reader, text: str) -> None:
    assert acts(reader.read(text)) == []


def test_the_second_half_of_a_question_bids_nothing(reader: Reader) -> None:
    understood = reader.read("can i leave the group and come back later?")
    assert [intent.name for intent in understood.intents] == ["help"]


@pytest.mark.parametrize(
    ("text", "intent", "slot", "value"),
    [("ping me mondays at half 8 pm", "set_time", "time", "20:30"),
     ("remind me tomorrow after lunch", "snooze", "time", "15:00"),
     ("join with code K7QM-2R9X", "group_join", "code", "K7QM-2R9X"),
     ("finished the app, link: https://a.dev/x can you add it to my portfolio", "submit_project", "url",
      "https://a.dev/x")],
)  # fmt: skip
def test_what_was_said_beside_the_wish_is_kept(reader: Reader, text: str, intent: str, slot: str, value: str) -> None:
    found = [one for one in reader.read(text).intents if one.name == intent]
    assert found
    assert found[0].slots[slot] == value


@pytest.mark.parametrize(
    "text", ["fiz a 4", "ya terminé la 3", "done 2 for real", "dun wit 2", "3's done", "ive done all of them"]
)
def test_plain_claims_are_not_asked_about(reader: Reader, text: str) -> None:
    assert acts(reader.read(text)) == ["done"]

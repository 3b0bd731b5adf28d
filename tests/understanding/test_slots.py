"""What is said beside the wish: a table for each slot, one row a way of saying it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain.intent import Scene, Slot
from bot.understanding.reader import Reader

WEDNESDAY = Scene(now=datetime(2026, 11, 18, 12, 0, tzinfo=UTC))


def slots(reader: Reader, text: str, intent: str, scene: Scene = WEDNESDAY) -> dict[str, Slot]:
    understood = reader.read(text, scene)
    found = [one for one in understood.intents if one.name == intent]
    assert found, f"{text!r} was read as {[one.name for one in understood.intents]}"
    return dict(found[0].slots)


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        ("done 3", [3]),
        ("done 1, 2 and 4", [1, 2, 4]),
        ("finished 1-3", [1, 2, 3]),
        ("tasks 1 to 3 are done", [1, 2, 3]),
        ("mark 2, not 3", [2]),
        ("done 1 and 2 but not 3", [1, 2]),
        ("the first one is done", [1]),
        ("the second task is finished", [2]),
        ("just finished task two", [2]),
        ("✅ 2", [2]),
        ("done #4", [4]),
        ("terminé la tarea 3", [3]),
        ("я закончил вторую задачу", [2]),
        ("टास्क ३ पूरा हो गया", [3]),
        ("أنهيت المهمة ٢", [2]),
        ("任务2完成了", [2]),
        ("aufgabe 1 und 3 sind fertig", [1, 3]),
    ],
)
def test_the_numbers_of_tasks_are_heard(reader: Reader, text: str, tasks: list[int]) -> None:
    assert slots(reader, text, "done")["tasks"] == tasks


@pytest.mark.parametrize("text", ["i finished all tasks", "everything is done for this week", "all 3 tasks are done"])
def test_all_is_heard_as_all_and_not_as_a_number(reader: Reader, text: str) -> None:
    found = slots(reader, text, "done")
    assert found["all"] is True
    assert "tasks" not in found


def test_all_but_one_names_the_one_left_out(reader: Reader) -> None:
    assert slots(reader, "everything except 3 is done", "done")["except"] == [3]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("finished the pandas bit", "pandas"),
        ("I finished reading about pandas, what now?", "pandas"),
        ("the confusion matrix exercise is done", "confusion matrix"),
        ("done with the docker part", "docker"),
    ],
)
def test_a_task_may_be_named_by_its_words(reader: Reader, text: str, words: str) -> None:
    assert slots(reader, text, "done")["words"] == words


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("show week 12", 12),
        ("wk 9 please", 9),
        ("open the 3rd week", 3),
        ("i want to see the 12th week", 12),
        ("tell me about week twenty", 20),
        ("next week's plan", "+1"),
        ("show me last week", "-1"),
        ("what comes the following week", "+1"),
        ("muéstrame la semana 5", 5),
        ("第5周", 5),
        ("покажи неделю 8", 8),
        ("الأسبوع القادم", "+1"),
    ],
)
def test_a_week_is_a_number_or_relative_to_this_one(reader: Reader, text: str, week: Slot) -> None:
    assert slots(reader, text, "week")["week"] == week


@pytest.mark.parametrize(
    ("text", "weekday", "time"),
    [
        ("mondays at half past 6 in the evening", "mon", "18:30"),
        ("set the remindr for satruday 10 am", "sat", "10:00"),
        ("i want the reminder at 6:30 in the morning", None, "06:30"),
        ("send my plan at 9am", None, "09:00"),
        ("send the plan at 7.30 pm", None, "19:30"),
        ("move my reminders to quarter past seven in the morning", None, "07:15"),
        ("ping me every friday at quarter to nine in the evening", "fri", "20:45"),
        ("can you message me at noon instead", None, "12:00"),
        ("change the day to thursday", "thu", None),
        ("send it on tuesday evenings", "tue", "18:00"),
        ("too early! make it 11", None, "11:00"),
        ("reminder at 12 am please", None, "00:00"),
        ("schick mir den plan montags um 18 uhr", "mon", "18:00"),
        ("mándame el plan los lunes a las 8 de la tarde", "mon", "20:00"),
        ("roz shaam 7 baje bhejo", None, "19:00"),
        ("присылай план по понедельникам в 9 утра", "mon", "09:00"),
        ("每周一早上九点提醒我", "mon", "09:00"),
    ],
)
def test_days_and_times_as_people_say_them(reader: Reader, text: str, weekday: str | None, time: str | None) -> None:
    found = slots(reader, text, "set_time")
    assert (found.get("weekday"), found.get("time")) == (weekday, time)


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("mumbai time", "Asia/Kolkata"),
        ("my timezone is IST", "Asia/Kolkata"),
        ("my timezone is ist", "Asia/Kolkata"),
        ("set timezone to America/New_York", "America/New_York"),
        ("timezone: europe/madrid", "Europe/Madrid"),
        ("change my tz to PST", "America/Los_Angeles"),
        ("i'm on eastern time", "America/New_York"),
        ("i live in berlin", "Europe/Berlin"),
        ("i moved from delhi to melbourne", "Australia/Melbourne"),
        ("utc+5:30 please", "Asia/Kolkata"),
        ("my timezone is gmt+2", "Etc/GMT-2"),
        ("ich wohne jetzt in Wien", "Europe/Vienna"),
        ("set timzone to kolkatta", "Asia/Kolkata"),
    ],
)
def test_time_zones_by_city_nickname_and_name(reader: Reader, text: str, zone: str) -> None:
    assert slots(reader, text, "set_timezone")["timezone"] == zone


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("not now, ping me in 2 hours", {"hours": 2}),
        ("remind me in half an hour", {"minutes": 30}),
        ("nudge me in a couple of days", {"days": 2}),
        ("remind me in two weeks", {"days": 14}),
        ("bother me again in 45 minutes", {"minutes": 45}),
        ("remind me tomorrow", {"days": 1}),
        ("poke me the day after tomorrow", {"days": 2}),
        ("remind me on thursday", {"weekday": "thu"}),
        ("напомни через неделю", {"days": 7}),
        ("一个小时后提醒我", {"hours": 1}),
    ],
)
def test_when_to_come_back(reader: Reader, text: str, expected: dict[str, Slot]) -> None:
    found = slots(reader, text, "snooze")
    assert {key: found.get(key) for key in expected} == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("pause for 3 days", {"days": 3}),
        ("take a break for 2 weeks", {"days": 14}),
        ("pausier für zwei wochen", {"days": 14}),
        ("暂停两周", {"days": 14}),
        ("pause until monday", {"weekday": "mon", "until": "2026-11-23"}),
        ("pause my plan until 5 march", {"until": "2027-03-05"}),
        ("away till the 15th", {"until": "2026-12-15"}),
        ("pause until the 20th", {"until": "2026-11-20"}),
    ],
)
def test_how_long_a_pause_is(reader: Reader, text: str, expected: dict[str, Slot]) -> None:
    found = slots(reader, text, "pause")
    assert {key: found.get(key) for key in expected} == expected


@pytest.mark.parametrize(
    ("text", "intent", "slot", "value"),
    [
        ("can I switch to the ML engineer one instead?", "switch_roadmap", "roadmap", "ml-engineer-40"),
        ("i'd rather follow the 40 week roadmap", "switch_roadmap", "roadmap", "ml-engineer-40"),
        ("change to full stack", "switch_roadmap", "roadmap", "full-stack-ml-36"),
        ("sumbit my projct https://github.com/x/y", "submit_project", "url", "https://github.com/x/y"),
        ("project finished, here's the link github.com/me/fraud", "submit_project", "url", "github.com/me/fraud"),
        ("join with code AB12CD", "group_join", "code", "AB12CD"),
        ("make a study group called Night Owls", "group_create", "name", "Night Owls"),
        ("docs for fastapi?", "resources", "topic", "fastapi"),
        ("quiz me on gradient descent", "quiz", "topic", "gradient descent"),
        ("stuck on task 2", "stuck", "tasks", [2]),
    ],
)
def test_what_else_can_be_named(reader: Reader, text: str, intent: str, slot: str, value: Slot) -> None:
    assert slots(reader, text, intent)[slot] == value


def test_a_roadmap_of_the_moment_is_found_by_its_title(reader: Reader) -> None:
    scene = Scene(roadmaps={"garden-12": "Kitchen Garden"})
    assert slots(reader, "switch to the kitchen garden roadmap", "switch_roadmap", scene)["roadmap"] == "garden-12"

"""Reading how to build a project, as a conversation."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.app import running
from bot.clock import ManualClock
from bot.resources import shipped
from bot.settings import Settings
from tests.talk import MONDAY_MORNING, Mailbox, Talk


async def test_project_alone_opens_the_one_of_the_week(talk: Talk) -> None:
    await talk.enroll("full-stack-ml-36")
    text = await talk.say("project")
    assert text.startswith("**Task Tracker App** · What you build")
    assert "Weeks 1-8" in text.replace("\\", "")


async def test_before_the_first_project_begins_the_next_one_is_shown(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    assert "**House Price Prediction**" in await talk.say("project")


async def test_a_brief_turns_forward_in_place_to_its_end_and_back(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    first = await talk.say("project")
    seen = [first]
    while "Next" in talk.labels:
        seen.append(await talk.tap("Next"))
        assert talk.last[0].replaces
    assert len(set(seen)) == len(seen)
    whole = "\n".join(seen)
    for title in ("Data", "Milestones", "Done when", "Where it goes wrong", "Stretch", "In your README"):
        assert f"· {title}" in whole
    assert "scikit-learn.org" in seen[-1]
    for _ in seen[1:]:
        text = await talk.tap("Back")
    assert text == first


async def test_no_screen_cuts_through_code(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    text = await talk.say("project")
    while "Next" in talk.labels:
        text = await talk.tap("Next")
        assert text.count("```") % 2 == 0


@pytest.mark.parametrize(
    ("button", "title"),
    [("Milestones", "Milestones"), ("Done when", "Done when"), ("When it fails", "Where it goes wrong")],
)
async def test_the_first_screen_leads_straight_to_what_is_looked_up_most(talk: Talk, button: str, title: str) -> None:
    await talk.enroll("ml-engineer-40")
    await talk.say("project")
    assert f"· {title}" in await talk.tap(button)


@pytest.mark.parametrize(
    "said",
    [
        "project 8",
        "project week 8",
        "project fraud-detection",
        "project fraud",
        "brief Fraud",
        "project fraud detection",
        "project credit card fraud detection",
    ],
)
async def test_any_project_is_found_by_its_week_its_id_or_words_of_its_name(talk: Talk, said: str) -> None:
    await talk.enroll("ml-engineer-40")
    assert "**Credit Card Fraud Detection**" in await talk.say(said)


@pytest.mark.parametrize("said", ["project 99", "project 0", "project banana"])
async def test_a_project_that_is_not_there_is_answered_with_those_that_are(talk: Talk, said: str) -> None:
    await talk.enroll("ml-engineer-40")
    text = await talk.say(said)
    assert "- Credit Card Fraud Detection · week 8" in text
    assert "- Portfolio and first applications" in text


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("task tracker", "Task Tracker App"),
        ("sentiment analyzer", "Sentiment Analyzer App"),
        ("plant identifier", "Plant Identifier App"),
        ("finance advisor", "Finance Advisor App"),
        ("e-commerce dashboard", "E-commerce Dashboard"),
        ("ecommerce", "E-commerce Dashboard"),
    ],
)
async def test_a_project_is_found_by_its_name(talk: Talk, said: str, title: str) -> None:
    await talk.enroll("full-stack-ml-36")
    assert f"**{title}**" in await talk.say(f"project {said}")


async def test_of_two_projects_with_a_word_the_one_with_more_of_the_words_is_meant(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    assert "**Deploy House Price" in await talk.say("project house price api")
    assert "**House Price Prediction**" in await talk.say("project house price")


async def test_a_page_past_the_end_is_the_last_one(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    assert "In your README" in await talk.say("project fraud 99")


async def test_a_button_fits_every_platform(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    for project in talk.app.catalog.roadmap("ml-engineer-40").projects:
        assert "2 of" in await talk.say(f"project {project.id} 2")
        assert all(len(button.action.encode()) <= 48 for button in talk.buttons)


async def test_without_a_plan_the_roadmaps_are_offered_first(talk: Talk) -> None:
    await talk.say("project")
    assert any("36 weeks" in label for label in talk.labels)


async def test_a_project_without_a_brief_is_told_by_its_checkpoints(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(shipped("content"), content, ignore=shutil.ignore_patterns("projects", "topics"))
    settings = Settings(database_url=f"sqlite:///{tmp_path / 'm.db'}", content_dir=content)
    clock = ManualClock(MONDAY_MORNING)
    async with running(settings, clock) as app:
        mailbox = Mailbox()
        talk = Talk(app, clock, mailbox, app.pushes(mailbox))
        await talk.enroll("ml-engineer-40")
        text = await talk.say("project fraud")
    assert "Credit Card Fraud Detection" in text
    assert "- Week 8: It catches frauds" in text

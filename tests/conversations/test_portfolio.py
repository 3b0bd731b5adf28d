"""Handing in projects and showing them, as a conversation."""

from __future__ import annotations

import pytest

from tests.talk import Talk


async def test_a_link_goes_to_the_project_its_words_mean(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    text = await talk.say("ship https://ada.dev/x fraud, with SMOTE at last")
    assert "Shipped: **Credit Card Fraud Detection**" in text
    assert "1 of 12 projects" in text
    assert "Next: House Price Prediction, week 5" in text
    shown = await talk.tap("Portfolio")
    assert "[ada.dev/x](https://ada.dev/x) · Mon 30 Nov 2026: fraud, with SMOTE at last" in shown


@pytest.mark.parametrize(
    ("said", "project"),
    [
        ("ship https://github.com/ada/iris-notebook", "Iris Flower Classifier"),
        ("ship https://ada.dev/x 3", "Credit Card Fraud Detection"),
        ("ship https://ada.dev/x project 4", "Handwritten Digit Classifier"),
        ("ship my digits reader: https://ada.dev/x.", "Handwritten Digit Classifier"),
        ("ship github.com/ada/mnist", "Handwritten Digit Classifier"),
        ("ship https://ada.dev/x", "House Price Prediction"),
        ("my fraud project is live at https://ada.dev/x", "Credit Card Fraud Detection"),
        ("https://github.com/Ada/Cat-Dog", "Cat vs Dog Image Classifier"),
    ],
)
async def test_the_project_is_found_by_words_by_number_by_the_links_own_words_or_by_the_week(
    talk: Talk, said: str, project: str
) -> None:
    await talk.enroll("ml-engineer-40")
    assert f"Shipped: **{project}" in await talk.say(said)


@pytest.mark.parametrize(
    "said",
    ["see https://scikit-learn.org/stable/modules/svm.html", "i found this article https://medium.com/explained"],
)
async def test_a_link_that_may_be_anything_is_kept_only_by_a_tap(talk: Talk, said: str) -> None:
    await talk.enroll("ml-engineer-40")
    await talk.say(said)
    hand_in = next(button for button in talk.buttons if button.label == "Hand in a link")
    assert "Nothing to show yet" in await talk.say("portfolio")
    assert ("What's the link?" if len(said) > 50 else "Shipped:") in await talk.press(hand_in.action)


async def test_in_the_weeks_of_an_arc_a_bare_link_is_for_the_arc(talk: Talk) -> None:
    await talk.enroll("full-stack-ml-36")
    await talk.wait(weeks=12)
    assert "Shipped: **E-commerce Dashboard**" in await talk.say("https://shop.ada.dev")


async def test_when_several_fit_it_is_kept_and_asked_for(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    assert "Which project" in await talk.say("ship https://ada.dev/x sentiment")
    assert talk.labels[:2] == ["Sentiment Analysis on Tweets", "Sentiment Analysis Web App (Streamlit)"]
    assert "Not sorted yet" in await talk.say("portfolio")
    await talk.tap("Sort in ada.dev/x")
    assert "which project" in (await talk.say("file 1 banana")).lower()
    await talk.say("file 1 streamlit")
    assert [label for label in talk.labels if "Streamlit" in label] == talk.labels[:2]
    assert "Shipped: **Sentiment Analysis Web App" in await talk.say("file 1 sentiment streamlit")
    assert "Not sorted yet" not in await talk.say("portfolio")
    await talk.say("undo")
    assert "Not sorted yet" in await talk.say("portfolio")


async def test_of_several_alike_the_ones_that_have_begun_are_meant(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    await talk.wait(weeks=6)
    assert "Shipped: **House Price Prediction**" in await talk.say("ship https://ada.dev/x house prices")


async def test_a_wrong_guess_is_a_tap_to_mend(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    await talk.say("ship https://ada.dev/x")
    await talk.tap("It's for another project")
    assert "House Price Prediction" not in talk.labels
    assert "Shipped: **Iris Flower Classifier**" in await talk.tap("Iris Flower Classifier")
    assert talk.last[0].replaces
    assert "1 project, 1 link" in await talk.say("portfolio")


async def test_a_second_link_stands_beside_the_first_or_takes_its_place(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    await talk.say("ship https://ada.dev/one fraud")
    assert "It stands beside ada.dev/one" in await talk.say("ship https://ada.dev/two fraud")
    assert "out of your portfolio" in await talk.tap("Drop ada.dev/one")
    text = await talk.say("portfolio")
    assert "ada.dev/two" in text
    assert "ada.dev/one" not in text
    await talk.say("undo")
    assert "1 project, 2 links" in await talk.say("portfolio")


async def test_a_project_keeps_so_many_links_and_then_one_has_to_go(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    for number in range(5):
        await talk.say(f"ship https://ada.dev/{number}x fraud")
    assert "has 5 links already" in await talk.say("ship https://ada.dev/last fraud")
    await talk.tap("Drop ada.dev/3x")
    assert "Shipped" in await talk.say("ship https://ada.dev/last fraud")


async def test_the_same_link_is_kept_once(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    await talk.say("ship https://ada.dev/x fraud")
    assert "there already" in await talk.say("ship https://ada.dev/x fraud")
    assert "1 project, 1 link" in await talk.say("portfolio")


async def test_handing_in_is_undone(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    await talk.say("ship https://ada.dev/x fraud")
    assert "out of your portfolio again" in await talk.tap("Undo")
    assert "Nothing to show yet" in await talk.say("portfolio")


@pytest.mark.parametrize("said", ["ship", "how do I submit a project?", "ship the fraud detector"])
async def test_without_a_link_it_is_asked_for_and_the_bare_answer_is_taken(talk: Talk, said: str) -> None:
    await talk.enroll("ml-engineer-40")
    asked = await talk.say(said)
    assert "What's the link?" in (await talk.tap("Hand in a link") if "Hand in a link" in talk.labels else asked)
    assert "Shipped" in await talk.say("https://ada.dev/x")


async def test_words_instead_of_the_link_are_read_as_ever(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    await talk.say("ship")
    assert "First step" in await talk.say("what's next?")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("ship ftp://x.org/a", "begin with http"),
        ("ship https://ada:pw@x.org/a", "name or password"),
        ("ship https://x.org/" + "a" * 300, "300 characters"),
        ("ship http://a..b/ fraud", "can't read that"),
    ],
)
async def test_what_is_no_address_is_refused_with_what_to_do(talk: Talk, said: str, told: str) -> None:
    await talk.enroll("ml-engineer-40")
    assert told in await talk.say(said)
    assert "Nothing to show yet" in await talk.say("portfolio")


async def test_an_empty_portfolio_says_what_to_show_first(talk: Talk) -> None:
    await talk.enroll("full-stack-ml-36")
    text = await talk.say("show me my portfolio")
    assert "The first will be **Task Tracker App**, week 1-8" in text
    assert "Done when: The finished app at a custom URL" in text


async def test_somebody_without_a_plan_is_led_to_one(talk: Talk) -> None:
    for said in ("ship https://ada.dev/x", "portfolio"):
        await talk.say(said)
        assert any("36 weeks" in label for label in talk.labels)


async def test_a_long_portfolio_turns_its_pages_in_place_and_each_fits_a_screen(talk: Talk) -> None:
    await talk.enroll("full-stack-ml-36")
    await talk.say("ship https://ada.dev/early 5 finance, an idea")
    await talk.enroll("ml-engineer-40")
    for number in range(1, 11):
        await talk.say(f"ship https://ada.dev/{number} {number}")
    text = await talk.say("portfolio")
    seen = [text]
    while "Next" in talk.labels:
        seen.append(await talk.tap("Next"))
        assert talk.last[0].replaces
    assert len(seen) == 2
    assert seen[0].index("House Price Prediction") < seen[0].index("Iris")
    assert "ML Engineer" in seen[0]
    assert "Full-Stack ML" in seen[1]
    assert all(len(page) < 1200 for page in seen)
    assert await talk.tap("Back") == text


async def test_an_old_button_for_a_link_that_is_gone_says_so(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    for action in ("unship 7", "file 7 2"):
        assert "isn't there any more" in await talk.press(action)


async def test_an_old_button_never_drops_a_link_that_came_after(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    await talk.say("ship https://ada.dev/one fraud")
    await talk.say("ship https://ada.dev/two fraud")
    drop = next(button.action for button in talk.buttons if button.label == "Drop ada.dev/one")
    await talk.press("unship 2")
    await talk.press(drop)
    await talk.say("ship https://ada.dev/three fraud")
    assert "isn't there any more" in await talk.press(drop)
    assert "ada.dev/three" in await talk.say("portfolio")


async def test_links_are_nobody_elses_to_drop_or_sort(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    await talk.say("ship https://ada.dev/x fraud")
    await talk.enroll("ml-engineer-40", who="bo")
    assert "isn't there any more" in await talk.say("unship 1", "bo")
    assert "1 project, 1 link" in await talk.say("portfolio")


async def test_markup_in_a_note_and_a_link_stays_text(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    await talk.say("ship https://ada.dev/a_(b)*c* fraud: **bold** <b>html</b>")
    text = await talk.say("portfolio")
    assert r"\*\*bold\*\* \<b\>html\</b\>" in text
    assert r"[ada.dev/a\_(b)\*c\*](https://ada.dev/a_%28b%29*c*)" in text


async def test_deleting_everything_says_how_many_links_go(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    await talk.say("ship https://ada.dev/x fraud")
    assert "(0 tasks done), 1 link you handed in, and your settings." in await talk.say("forget")


async def test_a_button_fits_every_platform(talk: Talk) -> None:
    await talk.enroll("ml-engineer-40")
    for number in range(1, 13):
        await talk.say(f"ship https://ada.dev/{number} {number}")
        assert all(len(button.action.encode()) <= 48 for button in talk.buttons)
    await talk.tap("It's for another project")
    assert all(len(button.action.encode()) <= 48 for button in talk.buttons)

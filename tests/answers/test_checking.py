"""What of a model's words may be said."""

from __future__ import annotations

import pytest

from bot.answers.supported import supported

KNOWN = ("1", "2")


@pytest.mark.parametrize(
    "mark", ["[S1]", "(S1)", "【S1】", "{S1}", "「S1」", "(source: S1)", "[1]", "[Source S1]", "[S1, S2]", "[S1], [S2]"]
)
def test_a_citation_is_known_however_it_is_written(mark: str) -> None:
    for text in (f"Noise is learned {mark}.", f"Noise is learned. {mark}"):
        assert supported(text, KNOWN).text.strip() == "Noise is learned."
        assert supported(text, KNOWN).cited[0] == "1"


@pytest.mark.parametrize("mark", ["[S77]", "(S77)", "【S77】", "source: S77", "[77]", "[S1, S77]", "{S77}", "「S77」"])
def test_a_sentence_with_an_unknown_id_goes_and_the_others_stay(mark: str) -> None:
    text = f"Noise is learned [S1]. Pay 500 euro {mark}. Compare both scores [S2]."
    assert supported(text, KNOWN).text == "Noise is learned. Compare both scores."


@pytest.mark.parametrize(
    "said",
    [
        "I have marked week 17 as done [S1].",
        "I've set your reminder to 8:00 [S1].",
        "Your tasks are now marked as done [S1].",
        "Go to evil.example/pay [S1].",
        "See https://evil.example [S1].",
    ],
)
def test_a_deed_that_was_not_done_and_a_link_are_not_said(said: str) -> None:
    assert (
        supported(f"Noise is learned [S1]. {said} Compare both [S2].", KNOWN).text == "Noise is learned. Compare both."
    )


def test_what_has_no_passage_is_said_only_on_the_way_to_one_that_has() -> None:
    text = (
        "Good question. Noise is learned [S1]. Sell your house.\n\nSell it now.\n\n- Compare both\n- Then simplify [S2]"
    )
    assert supported(text, KNOWN).text == ("Good question. Noise is learned.\n\n- Compare both\n- Then simplify")


def test_code_stays_with_the_sentence_before_it_and_its_brackets_are_its_own() -> None:
    text = "Take the first row with `rows[0]` [S1]. Like this:\n\n```python\nx = rows[77]\n```\n\nIt prints [S2]."
    said = supported(text, KNOWN).text
    assert "`rows[0]`." in said
    assert "x = rows[77]\n```" in said
    assert said.endswith("It prints.")


def test_of_a_growing_answer_the_last_sentence_waits() -> None:
    text = "Noise is learned [S1]. Compare both [S2]."
    assert supported(text, KNOWN, growing=True).text.strip() == "Noise is learned."
    assert supported("Noise is learned [S1]", KNOWN, growing=True).text == ""


def test_thoughts_are_kept_to_itself() -> None:
    assert supported("<think>Slow one [S1].</think>Noise [S1].", KNOWN).text == "Noise."
    assert supported("Noise [S1]. <think>Slow one [S1].", KNOWN).text.strip() == "Noise."

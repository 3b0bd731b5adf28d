"""What of a model's words may be said."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.supported import supported

KNOWN = ("1", "2")
MARKS = st.sampled_from(
    ["[S1]", "(S2)", "【S2】", "[S1, S2]", "[1]", "**[S1]**", "`[S2]`", "[^1]", "[[S1]]", "<sup>1</sup>",
     "(source: S1)", "[Source 2]", "\\[S1\\]", "[S1][S2]", "[S1-S2]"]
)  # fmt: skip
CITED = st.sampled_from(
    ["Noise is learned {}.", "Noise is learned. {}", "**Noise** is learned {}.", "Use `x. y` e.g. here {}.",
     "It scales to [0, 1] {}!", "Why is that {}?", "S3 keeps it {}.", "“Noise is learned” {}."]
)  # fmt: skip
UNCITED = st.sampled_from(
    ["BAD is so.", "BAD is so [S77].", "**BAD is so.**", "BAD is `S1` so!", "BAD is so (S9).", "(BAD is so.)",
     "BAD is [this](https://evil.example) [S77].", "BAD at evil.example/pay [S1].", "BAD as S1 says [S1].", "BAD?!",
     "BAD…", "I have marked BAD as done [S1].", "BAD is so【4:0†s】.", "<b>BAD is so.</b>", "BAD 1.5 is e.g. so."]
)  # fmt: skip
GAPS = st.sampled_from([" ", "  ", "\n\n", "\n- ", "\n", "\n1. ", "\n\n> ", "\n\n```python\nx = 1\n```\n\n", "<br>"])
SENTENCES = st.one_of(st.builds(str.format, CITED, MARKS), UNCITED)


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


def test_a_sentence_is_said_only_when_it_cites_a_passage_itself_wherever_it_stands() -> None:
    text = (
        "Sell your house. Noise is learned [S1]. Sell it now.\n\nSell it today.\n\n"
        "- Sell the car\n- Compare both [S1]\n- Then simplify [S2]\n\nPay at once: then rest [S2]? Good luck!"
    )
    said = supported(text, KNOWN)
    assert said.text == "Noise is learned.\n\n- Compare both\n- Then simplify\n\nPay at once: then rest?"
    assert (said.said, said.left_out) == (4, 5)


@pytest.mark.parametrize(
    "before",
    ["Sell your house. ", "**Sell your house.** ", "“Sell your house.” ", "(Sell your house.) ", "Sell your house! ",
     "Sell your house… ", "Sell your house\n", "Sell your house.\n", "卖掉你的房子。", "## Sell your house\n",
     "> Sell your house.\n", "| Sell | your house |\n", "1. Sell your house.\n", "Sell your house:\n",
     "<b>Sell your house.</b> ", "Sell your house.<br>", "<p>Sell your house.</p>", "sell your house. "],
)  # fmt: skip
def test_no_sign_between_two_sentences_lends_the_first_the_citation_of_the_second(before: str) -> None:
    assert supported(f"{before}Noise is learned [S1].", KNOWN).text == "Noise is learned."


@pytest.mark.parametrize(
    "sentence",
    ["Use a simpler model, e.g. a linear one.", "Some tools, i.e. pandas, read it vs. others.",
     "1. Compare both scores.", "Call `print('Hi. There')` first.", "Take 0.5 as the start.",
     "Scale to the range [0, 1] first.",
     "It is a file in a bucket (S3) of yours.", "S3 keeps your files.", "The first **word.**"],
)  # fmt: skip
def test_a_sentence_stays_whole(sentence: str) -> None:
    text = sentence.removesuffix(".").removesuffix("**").removesuffix(".")
    close = sentence[len(text) :]
    assert supported(f"{text} [S1]{close} More.", KNOWN).text == sentence


def test_a_line_that_was_only_wrapped_is_one_sentence() -> None:
    assert supported("Noise is learned by\na model [S1].", KNOWN).text == "Noise is learned by\na model."


@pytest.mark.parametrize(
    "mark",
    ["[^1]", "[[S1]]", "**[S1]**", "`[S1]`", "\\[S1\\]", "[S1](#s1)", "[S1](https://evil.example)", "<sup>1</sup>",
     "<cite>S1</cite>", "(see source 1)", "[Passage S1]", "[S1-S2]", "(S1; S2)", "[S1†note]", "⟨S1⟩", "*(S1)*"],
)  # fmt: skip
def test_an_odd_notation_is_read_and_nothing_of_it_is_left(mark: str) -> None:
    for text in (f"Noise is learned {mark}.", f"Noise is learned. {mark}"):
        said = supported(text, KNOWN)
        assert said.text in ("Noise is learned.", ""), mark
        assert "evil" not in said.text


@pytest.mark.parametrize(
    "rest",
    ["【4:0†source】", "as S1 says", "†", "(see passage one, 2)", "¹", "[^note 1]", "passage 2", "「1」",
     "{S 9}", "[doc 3]", "[S3]", "(source no. 4)", "[cite: 1]", "[citation 12]"],
)  # fmt: skip
def test_what_may_be_left_of_a_citation_takes_its_sentence_along(rest: str) -> None:
    said = supported(f"Noise is learned{'' if rest == '¹' else ' '}{rest} [S1]. Compare both [S2].", KNOWN).text
    assert said == "Compare both."


@pytest.mark.parametrize("head", ["Sources:", "**References**", "## Sources used", "Citations"])
def test_a_list_of_sources_is_no_part_of_the_answer(head: str) -> None:
    text = f"Noise is learned [S1].\n\n{head}\n- [S1] Overfitting, idea\n- [S9] Made up"
    assert supported(text, KNOWN).text == "Noise is learned."


def test_code_stays_with_the_sentence_before_it_and_its_brackets_are_its_own() -> None:
    text = (
        "Take the first row with `rows[0]` [S1]. Like this:\n\n```python\nx = rows[77]  # [S1]\n```\n\nIt prints [S2]."
    )
    said = supported(text, KNOWN).text
    assert said == "Take the first row with `rows[0]`.\n\n```python\nx = rows[77]\n```\n\nIt prints."


@pytest.mark.parametrize(
    "before", ["", "Sell your house:\n\n", "Noise is learned [S77].\n\n", "Noise [S1]. Sell it all.\n\n"]
)
def test_code_without_a_cited_sentence_before_it_is_not_said(before: str) -> None:
    assert "rm" not in supported(f"{before}```sh\nrm -rf /\n```\n\nCompare both [S2].", KNOWN).text


def test_a_hint_has_few_sentences_and_no_code() -> None:
    text = "One [S1].\n\n```python\nx = 1\n```\n\nTwo [S1]. Three [S1]."
    assert supported(text, KNOWN, most=2, code=False).text == "One.\n\nTwo."


def test_an_answer_most_of_which_stands_on_nothing_is_none() -> None:
    assert supported("A. B. C [S1].", KNOWN).left_out == 2


def test_of_a_growing_answer_the_last_sentence_waits() -> None:
    text = "Noise is learned [S1]. Compare both [S2]."
    assert supported(text, KNOWN, growing=True).text.strip() == "Noise is learned."
    assert supported("Noise is learned [S1]", KNOWN, growing=True).text == ""


def test_thoughts_are_kept_to_itself() -> None:
    assert supported("<think>Slow one [S1].</think>Noise [S1].", KNOWN).text == "Noise."
    assert supported("Noise [S1]. <think>Slow one [S1].", KNOWN).text.strip() == "Noise."


@given(st.lists(st.tuples(SENTENCES, GAPS), max_size=7), st.integers(0, 400))
def test_however_they_are_mixed_only_cited_sentences_are_said_and_nothing_of_a_citation(
    pieces: list[tuple[str, str]], seen: int
) -> None:
    text = "".join(sentence + gap for sentence, gap in pieces)
    whole = supported(text, KNOWN)
    for said in (whole.text, supported(text[:seen], KNOWN, growing=True).text):
        assert "BAD" not in said
        plain = re.sub(r"```.*?```|`[^`]*`", "", said, flags=re.DOTALL)
        assert not re.search(r"\[S|【|†|evil|\bS[12]\b|<sup|\[1\]|\[\^|ource", plain)
    assert whole.said == sum("BAD" not in sentence for sentence, _ in pieces)


@pytest.mark.parametrize(
    "looped", ["(", "[", "<", "\\[", "source" + 200 * " ", "[a](", "*\n", "【4:0†", "S1, S1 and ", "! "]
)
def test_a_model_that_loops_is_checked_before_anybody_notices(looped: str) -> None:
    text = (looped * 6000)[:6000]
    begun = time.process_time()
    supported(text, KNOWN)
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("there", ["tg://resolve?domain=x", "mail me@evil.example", "see evil.com", "ftp://x.y/z"])
def test_no_sentence_of_a_model_leads_elsewhere(there: str) -> None:
    assert supported(f"Noise is learned [S1]. BAD, {there} [S1].", KNOWN).text.strip() == "Noise is learned."


@pytest.mark.parametrize("said", ["Run train.py with numpy.linalg [S1].", "Decorate it with `@app.get` [S1]."])
def test_names_of_code_are_no_addresses(said: str) -> None:
    assert supported(said, KNOWN).said == 1

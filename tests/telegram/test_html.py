"""CommonMark as Telegram's HTML, judged by a parser as strict as Telegram's."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.telegram.html import pages, shown, units, unpinged
from bot.rendering.escape import escaped
from tests.loopback.telegram import entities

WORDS = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=40)


def visible(text: str) -> str:
    return "".join(entities.parse(page, "HTML")[0] for page in pages(text))


def test_every_kind_of_markup_becomes_its_entity() -> None:
    text = "# Head\n\n**b** *i* `c<d` [l](https://a.b/?x=1&y=2)\n\n> quote\n\n- one\n- two\n\n```python\nx < 1\n```"
    words, found = entities.parse(pages(text)[0], "HTML")
    kinds = [entity["type"] for entity in found]
    assert sorted(set(kinds)) == ["blockquote", "bold", "code", "italic", "pre", "text_link"]
    assert "• one\n• two" in words
    assert next(e["url"] for e in found if e["type"] == "text_link") == "https://a.b/?x=1&y=2"


def test_only_web_addresses_become_links() -> None:
    assert "<a" not in pages("[x](javascript:alert) [y](file:///etc/passwd)")[0]


def test_a_quote_in_a_quote_is_one_quote() -> None:
    assert entities.parse(pages("> a\n> > b")[0], "HTML")[0].split() == ["a", "b"]


@given(WORDS)
@settings(max_examples=60, deadline=None)
def test_what_people_type_is_shown_letter_for_letter(words: str) -> None:
    said = " ".join(words.split())
    assert visible(f"Hi {escaped(said)}!").replace("\u200b", "") == f"Hi {said}!".replace("\u200b", "")


@given(st.text(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_commonmark_is_markup_that_telegram_accepts(text: str) -> None:
    visible(text)


@given(
    st.lists(
        st.sampled_from(["**bold words** ", "🙂" * 9, "`code` ", "\n\n", "\n- item ", "a < b & c ", "x" * 50]),
        min_size=400,
    )
)
@settings(max_examples=6, deadline=None)
def test_pages_stay_under_the_limit_and_lose_no_word(pieces: list[str]) -> None:
    text = "".join(pieces)
    made = pages(text, 1000)
    assert all(0 < units(entities.parse(page, "HTML")[0]) <= 1000 for page in made)
    assert "".join("".join(shown(page).split()) for page in made) == "".join(shown("".join(pages(text, 10**9))).split())


def test_code_is_not_cut_while_another_place_will_do() -> None:
    text = "word " * 150 + "\n\n```\n" + "code()\n" * 60 + "```"
    first, second = pages(text, 1000)
    assert "<pre>" not in first
    assert second.count("code()") == 60


def test_names_are_called_nowhere_but_code_and_addresses_are_left_alone() -> None:
    made = unpinged('@ada (@bo) <code>@app.get</code> <a href="https://x.org/?q= @y">@cy</a> a@b.org https://m.org/@d')
    assert made == (
        '@\u2060ada (@\u2060bo) <code>@app.get</code> <a href="https://x.org/?q= @y">@\u2060cy</a> a@b.org '
        "https://m.org/@d"
    )

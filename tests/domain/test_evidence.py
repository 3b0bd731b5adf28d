"""Which addresses are kept for a project, and how they are named."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.domain.evidence import BadLink, Evidence, checked_link

GOOD = [
    "https://github.com/ada/fraud", "http://ada.dev", "HTTPS://Ada.Dev/x", "https://ada.dev:8443/a?b=1&c=(2)#d",
    "https://sub.domain.co.uk/~ada/", "https://münchen.example/straße", "https://xn--mnchen-3ya.example/",
    "https://ada.github.io/%D0%BF%D1%80/", "https://huggingface.co/spaces/ada/x",
    "https://a-b.example.com/" + "x" * 276,
]  # fmt: skip
BAD = {
    "scheme": ["ftp://x.org/a", "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "github.com/ada", ""],
    "secret": ["https://ada:pw@x.org/a", "https://token@github.com/ada/x"],
    "long": ["https://x.org/" + "a" * 300],
    "broken": [
        "https://", "https://localhost/x", "http://a..b/", "https://-a.org/", "https://x.org:99999/", "https://x.org:0/",
        "https://x.org/a b", "https://x.org/<b>", "https://[::1/", "https://127.0.0.1/x", "https://.org/", "https://a_/x",
        "https://x.org/a\\b", 'https://x.org/"',
    ],
}  # fmt: skip


@pytest.mark.parametrize("url", GOOD)
def test_a_web_address_is_kept_as_it_was_given(url: str) -> None:
    assert checked_link(f" {url} ") == url


@pytest.mark.parametrize(("why", "url"), [(why, url) for why, urls in BAD.items() for url in urls])
def test_anything_else_is_refused_with_the_reason(why: str, url: str) -> None:
    with pytest.raises(BadLink) as caught:
        checked_link(url)
    assert caught.value.data["why"] == why
    assert len(str(caught.value.data["said"])) <= 40


@pytest.mark.parametrize(
    ("url", "place"),
    [
        ("https://www.github.com/ada/fraud/", "github.com/ada/fraud"),
        ("HTTP://ada.dev/x?token=1#top", "ada.dev/x"),
        ("https://ada.dev/" + "long-" * 20, "ada.dev/long-long-long-long-long-long-l…"),
    ],
)
def test_a_link_is_named_by_what_fits_a_line(url: str, place: str) -> None:
    piece = Evidence(1, 1, "r", "p", url, "", datetime(2026, 11, 30, tzinfo=UTC))
    assert piece.place == place
    assert len(piece.place) <= 40

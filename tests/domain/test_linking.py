"""Codes as they are made, read and counted."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.linking import (
    ALPHABET,
    LENGTH,
    WINDOW,
    WRONG,
    LinkCode,
    account_mark,
    code_in,
    fingerprint,
    grouped,
    new_code,
)

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


def test_codes_carry_more_than_forty_bits_and_are_read_back_as_shown() -> None:
    assert len(set(ALPHABET)) ** LENGTH > 2**40
    codes = {new_code(secrets.randbelow) for _ in range(200)}
    assert len(codes) == 200
    for code in codes:
        assert code_in(grouped(code)) == code


def test_codes_spell_no_words_and_have_no_letter_that_looks_like_another_sign() -> None:
    assert not set(ALPHABET) & set("AEIOUL0123456789")


@pytest.mark.parametrize("typed", ["kmtrw-xqbdp", " KMTRW XQBDP ", "kmtrwxqbdp", "«KMTRW–XQBDP»", "K.M.T.RWXQBDP"])
def test_case_and_grouping_do_not_matter(typed: str) -> None:
    assert code_in(typed) == "KMTRWXQBDP"


@pytest.mark.parametrize("typed", ["", "KMTRW-XQBD", "KMTRW-XQBDPP", "KMTRW-XQBDA", "КМТRW-XQBDP", "1234567890"])
def test_what_has_another_length_or_other_letters_is_no_code(typed: str) -> None:
    assert code_in(typed) is None


def test_a_code_lasts_ten_minutes() -> None:
    code = LinkCode(1, "test", "ada", NOW)
    assert not code.expired(NOW + timedelta(minutes=9, seconds=59))
    assert code.expired(NOW + timedelta(minutes=10))


def test_after_five_tries_the_next_is_free_an_hour_after_the_first_of_them() -> None:
    tries = [NOW + timedelta(minutes=n) for n in range(WRONG.most)]
    assert WRONG.free_from(tries[:-1], NOW + timedelta(minutes=9)) is None
    assert WRONG.free_from(tries, NOW + timedelta(minutes=9)) == NOW + WINDOW
    assert WRONG.free_from(tries, NOW + WINDOW) is None
    assert WRONG.free_from([*tries[1:], NOW + WINDOW], NOW + WINDOW) == tries[1] + WINDOW


def test_neither_a_code_nor_an_account_can_be_read_off_its_mark() -> None:
    assert "KMTRWXQBDP" not in fingerprint("KMTRWXQBDP")
    assert account_mark("telegram", "1") != account_mark("telegram1", "")
    assert len(account_mark("telegram", "1")) == len(fingerprint("x")) == 64

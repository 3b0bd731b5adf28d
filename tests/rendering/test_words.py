"""The words and the code agree: nothing named is missing, and nothing written is unused."""

from __future__ import annotations

import re

import pytest
import yaml

import bot.commands
from bot.engine.registry import Registry
from tests.rendering.sources import MESSAGES, compositions, literals, patterns, refusals, templates

WORDS = yaml.safe_load((MESSAGES / "_words.yaml").read_text(encoding="utf-8"))
COMMANDS = Registry.discover(bot.commands).commands


def test_every_template_a_reply_names_is_there() -> None:
    named = {re.sub(r"\\(.)", r"\1", p) for p in patterns("Reply") if r"\w+" not in p} | refusals()
    assert not named - templates()


def test_every_template_has_a_caller() -> None:
    composed = re.compile("|".join(compositions()))
    pictures = {f"{path.stem}_alt" for path in MESSAGES.glob("*.svg")}
    assert not {name for name in templates() - literals() - pictures if not composed.fullmatch(name)}


def test_every_picture_has_words_for_those_who_cannot_see_it() -> None:
    assert {f"{path.stem}_alt" for path in MESSAGES.glob("*.svg")} <= templates()


def test_every_part_is_included_somewhere() -> None:
    parts = {path.name for path in MESSAGES.glob("_*.md")}
    text = "".join(path.read_text(encoding="utf-8") for path in MESSAGES.glob("*.md"))
    assert not {part for part in parts if f'"{part}"' not in text}


def test_every_label_a_button_names_has_words() -> None:
    labels = {re.sub(r"\\(.)", r"\1", p) for p in patterns("Button") if r"\w+" not in p}
    assert labels
    assert not labels - set(WORDS["buttons"])


def test_every_label_with_words_is_on_a_button() -> None:
    made = re.compile("|".join(pattern for pattern in patterns("Button") if r"\w+" in pattern))
    choices = {f"choice_{command.name}" for command in COMMANDS.values() if command.intents}
    assert not {label for label in set(WORDS["buttons"]) - choices - literals() if not made.fullmatch(label)}


@pytest.mark.parametrize("name", [command.name for command in COMMANDS.values() if command.intents])
def test_every_command_that_plain_words_can_mean_has_a_label_to_be_asked_with(name: str) -> None:
    assert f"choice_{name}" in WORDS["buttons"]


def test_every_command_in_the_menu_has_a_line_and_every_line_a_command() -> None:
    assert {command.name for command in COMMANDS.values() if command.in_menu} <= set(WORDS["menu"]) <= set(COMMANDS)


@pytest.mark.parametrize("name", sorted(WORDS["menu"]))
def test_a_menu_line_fits_every_platforms_menu(name: str) -> None:
    """Discord takes 100 characters, and names of lower case letters, digits and underscores."""
    assert 3 <= len(WORDS["menu"][name]) <= 100
    assert re.fullmatch(r"[a-z0-9_]{1,32}", name)


@pytest.mark.parametrize("label", sorted(WORDS["buttons"]))
def test_a_label_fits_on_a_button(label: str) -> None:
    text = str(WORDS["buttons"][label])
    assert text.strip()
    assert len(re.sub(r"\{\w+\}", "", text)) <= 40

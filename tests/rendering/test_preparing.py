"""Templates that are read ahead are not read again when many wait for them."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from jinja2 import TemplateNotFound

from bot.domain.learner import Preferences
from bot.domain.message import Reply
from bot.engine.views import PUSHED
from bot.rendering.renderer import TemplateRenderer
from tests.rendering.sources import templates

MESSAGES = Path(__file__).parent.parent.parent / "content" / "messages"


def test_what_was_prepared_is_filled_without_its_file_and_nothing_else_is(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(MESSAGES, tmp_path / "messages"))
    renderer = TemplateRenderer(folder)
    renderer.prepare(["our_fault"])
    for name in ("our_fault", "no_reminder"):
        (folder / "en" / f"{name}.md").unlink()
    preferences, data = Preferences(), {"code": "c0de", "now": datetime(2026, 1, 1, tzinfo=UTC)}
    assert "c0de" in renderer.render(Reply("our_fault", data), preferences).text
    with pytest.raises(TemplateNotFound):
        renderer.render(Reply("no_reminder", data), preferences)


def test_what_serving_prepares_is_what_a_push_may_say() -> None:
    assert set(PUSHED) <= templates()

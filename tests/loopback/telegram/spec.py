"""Judges requests by the official API description where it lies beside the checkout, else by a small list."""

from __future__ import annotations

import importlib.util
import warnings
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

Check = Callable[[str, Mapping[str, Any], Sequence[str]], list[str]]

KNOWN: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "getMe": (frozenset(), frozenset()),
    "getUpdates": (frozenset(), frozenset({"offset", "limit", "timeout", "allowed_updates"})),
    "sendMessage": (
        frozenset({"chat_id", "text"}),
        frozenset(
            {
                "parse_mode",
                "reply_markup",
                "message_thread_id",
                "link_preview_options",
                "disable_notification",
                "reply_parameters",
            }
        ),
    ),
    "editMessageText": (
        frozenset({"text"}),
        frozenset({"chat_id", "message_id", "parse_mode", "reply_markup", "link_preview_options"}),
    ),
    "answerCallbackQuery": (frozenset({"callback_query_id"}), frozenset({"text", "show_alert", "url", "cache_time"})),
    "sendChatAction": (frozenset({"chat_id", "action"}), frozenset({"message_thread_id"})),
}
"""Required and other parameters of what is called most, for a checkout without the description."""


def _small(method: str, params: Mapping[str, Any], files: Sequence[str] = ()) -> list[str]:
    if method not in KNOWN:
        return []
    required, others = KNOWN[method]
    missing = [f"{method}: required {name} missing" for name in required if name not in params and name not in files]
    return missing + [f"{method}: unknown parameter {name}" for name in params if name not in required | others]


@lru_cache(maxsize=1)
def checker() -> Check:
    """The full check when its files are there, the small one otherwise."""
    tool = Path(__file__).resolve().parents[4] / "shared" / "tools" / "tg_spec_check.py"
    if not tool.is_file():
        return _small
    loaded = importlib.util.spec_from_file_location("tg_spec_check", tool)
    assert loaded and loaded.loader
    module = importlib.util.module_from_spec(loaded)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # the tool leaves its file to the garbage collector
            loaded.loader.exec_module(module)
    except OSError:
        return _small
    check: Check = module.check
    return check

"""The API's methods: what each one refuses, what it changes, what it answers."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

from tests.loopback.telegram.entities import BadEntities, parse, units
from tests.loopback.telegram.state import ApiError, Chat, Json, State

Method = Callable[[State, Json, Mapping[str, tuple[str, bytes]]], Any]
CALLBACK_SECONDS = 150


def _value(raw: Any) -> Any:
    try:
        return json.loads(raw) if isinstance(raw, str) else raw
    except ValueError:
        return raw


def _writable(state: State, params: Json) -> Chat:
    """The chat to send to, if the bot may write there. Raises `ApiError`."""
    chat = state.chat(params.get("chat_id"))
    if chat.migrated_to:
        text = "Bad Request: group chat was upgraded to a supergroup chat"
        raise ApiError(400, text, migrate_to_chat_id=chat.migrated_to)
    if chat.deactivated:
        raise ApiError(403, "Forbidden: user is deactivated")
    if chat.blocked:
        raise ApiError(403, "Forbidden: bot was blocked by the user")
    if not chat.started:
        raise ApiError(403, "Forbidden: bot can't initiate conversation with a user")
    if not chat.bot_in:
        raise ApiError(403, f"Forbidden: bot was kicked from the {chat.type} chat")
    thread = params.get("message_thread_id")
    if thread is not None and int(thread) not in chat.threads:
        raise ApiError(400, "Bad Request: message thread not found")
    return chat


def _words(params: Json, key: str, limit: int) -> tuple[str, list[Json]]:
    try:
        text, found = parse(str(params.get(key, "")), params.get("parse_mode"))
    except BadEntities as error:
        raise ApiError(400, f"Bad Request: can't parse entities: {error}") from error
    if units(text) > limit:
        raise ApiError(400, f"Bad Request: message {'caption ' if key == 'caption' else ''}is too long")
    return text, found


def _keyboard(params: Json) -> Json | None:
    markup = _value(params.get("reply_markup"))
    if not markup:
        return None
    rows = markup.get("inline_keyboard", [])
    if sum(map(len, rows)) > 100 or any(len(row) > 8 for row in rows):
        raise ApiError(400, "Bad Request: REPLY_MARKUP_TOO_LONG")
    for button in (b for row in rows for b in row):
        _check_button(button)
    return {"inline_keyboard": rows} if rows else None


def _check_button(button: Json) -> None:
    if not button.get("text"):
        raise ApiError(400, "Bad Request: can't parse inline keyboard button: Text buttons are unallowed")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= 64:
        raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
    if len(button.keys() - {"text"}) != 1:
        raise ApiError(400, "Bad Request: Text buttons are unallowed in the inline keyboard")


def _store(state: State, chat: Chat, params: Json, body: Json) -> Json:
    message: Json = {
        "message_id": next(state.numbers), "date": int(time.time()), "chat": chat.json(), "from": state.bot, **body,
    }  # fmt: skip
    if thread := params.get("message_thread_id"):
        message |= {"message_thread_id": int(thread), "is_topic_message": True}
    if keyboard := _keyboard(params):
        message["reply_markup"] = keyboard
    chat.messages[message["message_id"]] = message
    return message


def send_message(state: State, params: Json, files: Mapping[str, Any]) -> Json:
    chat = _writable(state, params)
    text, entities = _words(params, "text", 4096)
    if not text:
        raise ApiError(400, "Bad Request: message text is empty")
    _keyboard(params)
    state.limits.check(chat.id)
    return _store(state, chat, params, {"text": text, "entities": entities})


def _send_file(kind: str, state: State, params: Json, files: Mapping[str, tuple[str, bytes]]) -> Json:
    chat = _writable(state, params)
    caption, entities = _words(params, "caption", 1024)
    if not files:
        raise ApiError(400, f"Bad Request: there is no {kind} in the request")
    name, content = next(iter(files.values()))
    if not content:
        raise ApiError(400, "Bad Request: file must be non-empty")
    state.limits.check(chat.id)
    file_id = f"file-{next(state.numbers)}"
    state.uploads[file_id] = content
    file: Json = {"file_id": file_id, "file_unique_id": file_id, "file_size": len(content)}
    shown = [file | {"width": 90, "height": 90}] if kind == "photo" else file | {"file_name": name}
    body: Json = {kind: shown} | ({"caption": caption, "caption_entities": entities} if caption else {})
    return _store(state, chat, params, body)


def send_photo(state: State, params: Json, files: Mapping[str, Any]) -> Json:
    return _send_file("photo", state, params, files)


def send_document(state: State, params: Json, files: Mapping[str, Any]) -> Json:
    return _send_file("document", state, params, files)


def _mine(state: State, params: Json, verb: str) -> tuple[Chat, Json]:
    chat = _writable(state, params)
    message = chat.messages.get(int(params.get("message_id", 0)))
    if message is None:
        raise ApiError(400, f"Bad Request: message to {verb} not found")
    if message["from"]["id"] != state.bot["id"]:
        raise ApiError(400, f"Bad Request: message can't be {verb}ed")
    return chat, message


def edit_message_text(state: State, params: Json, files: Mapping[str, Any]) -> Json:
    chat, message = _mine(state, params, "edit")
    if "text" not in message:
        raise ApiError(400, "Bad Request: there is no text in the message to edit")
    text, entities = _words(params, "text", 4096)
    if not text:
        raise ApiError(400, "Bad Request: message text is empty")
    _change(state, chat, message, {"text": text, "entities": entities}, _keyboard(params))
    return message


def edit_message_reply_markup(state: State, params: Json, files: Mapping[str, Any]) -> Json:
    chat, message = _mine(state, params, "edit")
    _change(state, chat, message, {}, _keyboard(params))
    return message


def _change(state: State, chat: Chat, message: Json, body: Json, keyboard: Json | None) -> None:
    same = all(message.get(key) == value for key, value in body.items())
    if same and message.get("reply_markup") == keyboard:
        raise ApiError(
            400,
            "Bad Request: message is not modified: specified new message content and reply markup are exactly "
            "the same as a current content and reply markup of the message",
        )
    state.limits.check(chat.id)
    message.pop("reply_markup", None)
    message |= body | {"edit_date": int(time.time())} | ({"reply_markup": keyboard} if keyboard else {})


def answer_callback_query(state: State, params: Json, files: Mapping[str, Any]) -> bool:
    asked = state.callbacks.get(str(params.get("callback_query_id")))
    if asked is None or time.monotonic() - asked > CALLBACK_SECONDS:
        text = "Bad Request: query is too old and response timeout expired or query ID is invalid"
        raise ApiError(400, text)
    if units(str(params.get("text", ""))) > 200:
        raise ApiError(400, "Bad Request: MESSAGE_TOO_LONG")
    state.answers.append(params)
    return True


def send_chat_action(state: State, params: Json, files: Mapping[str, Any]) -> bool:
    _writable(state, params)
    return True


def set_my_commands(state: State, params: Json, files: Mapping[str, Any]) -> bool:
    commands = _value(params.get("commands"))
    if len(commands) > 100:
        raise ApiError(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        name, words = command["command"], command["description"]
        if not (1 <= len(name) <= 32 and name.replace("_", "a").isalnum() and name.islower()):
            raise ApiError(400, "Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(words) <= 256:
            raise ApiError(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    state.commands[_scope(params)] = commands
    return True


def _scope(params: Json) -> str:
    scope = _value(params.get("scope")) or {"type": "default"}
    return f"{scope['type']}/{params.get('language_code', '')}"


def get_my_commands(state: State, params: Json, files: Mapping[str, Any]) -> list[Json]:
    return state.commands.get(_scope(params), [])


def _setter(key: str, parameter: str, limit: int) -> Method:
    def method(state: State, params: Json, files: Mapping[str, Any]) -> bool:
        value = str(params.get(parameter, ""))
        if len(value) > limit:
            raise ApiError(400, f"Bad Request: {parameter} is too long")
        state.texts[f"{key}/{params.get('language_code', '')}"] = value
        return True

    return method


def _getter(key: str, parameter: str) -> Method:
    def method(state: State, params: Json, files: Mapping[str, Any]) -> Json:
        wanted = f"{key}/{params.get('language_code', '')}"
        return {parameter: state.texts.get(wanted, state.texts.get(f"{key}/", ""))}

    return method


def get_me(state: State, params: Json, files: Mapping[str, Any]) -> Json:
    return state.bot


def get_webhook_info(state: State, params: Json, files: Mapping[str, Any]) -> Json:
    return {"url": state.webhook["url"], "has_custom_certificate": False, "pending_update_count": len(state.updates)}


def get_chat(state: State, params: Json, files: Mapping[str, Any]) -> Json:
    chat = state.chat(params.get("chat_id"))
    if not chat.bot_in:
        raise ApiError(403, f"Forbidden: bot was kicked from the {chat.type} chat")
    more: Json = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": dict.fromkeys(GIFTS, False)}
    return chat.json() | more | {"permissions": {"can_send_messages": not chat.muted}}


GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")


def get_chat_member(state: State, params: Json, files: Mapping[str, Any]) -> Json:
    chat = state.chat(params.get("chat_id"))
    who = int(params.get("user_id", 0))
    if who != state.bot["id"]:
        rights = {"is_anonymous": False} if who in chat.creators else {}
        return {"status": "creator" if rights else "member", "user": state.users[who], **rights}
    status = "left" if not chat.bot_in else "administrator" if chat.bot_admin else "member"
    return {"status": status, "user": state.bot, **(dict.fromkeys(RIGHTS, False) if chat.bot_admin else {})}


def get_chat_administrators(state: State, params: Json, files: Mapping[str, Any]) -> list[Json]:
    chat = state.chat(params.get("chat_id"))
    return [{"status": "creator", "user": state.users[who], "is_anonymous": False} for who in sorted(chat.creators)]


RIGHTS = (
    "can_be_edited", "is_anonymous", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
    "can_restrict_members", "can_promote_members", "can_change_info", "can_invite_users", "can_post_stories",
    "can_edit_stories", "can_delete_stories",
)  # fmt: skip


METHODS: Mapping[str, Method] = {
    name.lower(): method
    for name, method in {
        "getMe": get_me, "sendMessage": send_message, "sendPhoto": send_photo, "sendDocument": send_document,
        "editMessageText": edit_message_text, "editMessageReplyMarkup": edit_message_reply_markup,
        "answerCallbackQuery": answer_callback_query, "sendChatAction": send_chat_action,
        "setMyCommands": set_my_commands, "getMyCommands": get_my_commands, "getWebhookInfo": get_webhook_info,
        "setMyName": _setter("name", "name", 64), "getMyName": _getter("name", "name"),
        "setMyDescription": _setter("description", "description", 512),
        "getMyDescription": _getter("description", "description"),
        "setMyShortDescription": _setter("short", "short_description", 120),
        "getMyShortDescription": _getter("short", "short_description"), "getChatMember": get_chat_member,
        "getChatAdministrators": get_chat_administrators,
        "getChat": get_chat,
    }.items()
}  # fmt: skip

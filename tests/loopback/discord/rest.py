"""The REST side: the routes a bot uses, answered as Discord's documentation says, and a record of every request."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.loopback.discord.checks import Json, Refused, check_form, official
from tests.loopback.discord.faults import Faults
from tests.loopback.discord.interactions import Interactions
from tests.loopback.discord.limits import Limits
from tests.loopback.discord.wire import answered, public, read, strike
from tests.loopback.discord.world import Channel, Guild, World, member, rewrite

PREFIX = "/api/v10"
STATUS = {50007: 403, 50278: 403, 50001: 403, 50013: 403, 160005: 403, 10003: 404, 20028: 429, 40003: 429}

QUIRKS = ("/oauth2/", "messages/@original: unknown fields ['tts']", "{message_id}: unknown fields ['tts']")
"""What discord.py itself sends that the description does not know: an older path, and `tts` on edits."""


@dataclass(frozen=True)
class Sent:
    """One request as it arrived, when, and how it was answered."""

    method: str
    path: str
    body: Json | None
    query: dict[str, str]
    at: float
    status: int = 0


@dataclass
class Call:
    """A request being answered: its JSON, its files, and the parts of its path."""

    body: Json
    files: list[Json]
    ids: dict[str, str]
    query: dict[str, str]


Answer = Callable[[Call], Any]


@dataclass
class Rest:
    """Answers requests. `sent` is all that came, in order."""

    world: World
    interactions: Interactions
    faults: Faults = field(default_factory=Faults)
    limits: Limits = field(default_factory=Limits)
    gateway_url: str = ""
    sent: list[Sent] = field(default_factory=list)

    def routes(self) -> list[web.RouteDef]:
        """What the server serves."""
        table: list[tuple[str, str, Answer]] = [
            ("GET", "/users/@me", lambda _: self.world.bot.shown() | {"verified": True, "mfa_enabled": True}),
            ("GET", "/oauth2/applications/@me", self._application),
            ("GET", "/applications/@me", self._application),
            ("GET", "/gateway", lambda _: {"url": self.gateway_url}),
            ("GET", "/gateway/bot", self._gateway_bot),
            ("POST", "/users/@me/channels", self._open_dm),
            ("GET", "/channels/{channel}", lambda call: self._channel(call).shown()),
            ("GET", "/guilds/{guild}", lambda call: self._guild(call).shown(self.world.bot)),
            ("GET", "/guilds/{guild}/members/{user}", lambda call: self._guild(call) and member(self.world.bot)),
            ("GET", "/channels/{channel}/messages", self._history),
            ("POST", "/channels/{channel}/messages", self._say),
            ("PATCH", "/channels/{channel}/messages/{message}", self._edit),
            ("DELETE", "/channels/{channel}/messages/{message}", self._delete),
            ("POST", "/channels/{channel}/typing", lambda call: self._writable(call) and None),
            ("GET", "/applications/{app}/commands", lambda _: self.world.commands),
            ("PUT", "/applications/{app}/commands", self._commands),
            ("POST", "/interactions/{id}/{token}/callback", self._callback),
            ("POST", "/webhooks/{app}/{token}", self._follow_up),
            ("GET", "/webhooks/{app}/{token}/messages/{message}", self._get_answer),
            ("PATCH", "/webhooks/{app}/{token}/messages/{message}", self._edit_answer),
            ("DELETE", "/webhooks/{app}/{token}/messages/{message}", self._delete_answer),
        ]  # fmt: skip
        made = [web.route(method, PREFIX + path, self._serve(path, answer)) for method, path, answer in table]
        return [*made, web.route("*", "/{rest:.*}", self._nowhere)]

    async def _nowhere(self, request: web.Request) -> web.Response:
        self._note(request, None, 404)
        return answered(404, {"code": 0, "message": "404: Not Found"})

    def _serve(self, route: str, answer: Answer) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
        async def serve(request: web.Request) -> web.StreamResponse:
            body, files = await read(request)
            path = request.path.removeprefix(PREFIX)
            fault = self.faults.take(request.method, path, after=False)
            if fault is not None and (refused := await strike(request, fault)) is not None:
                self._note(request, body, refused.status)
                return refused
            response = self._respond(
                request, route, answer, Call(body or {}, files, dict(request.match_info), dict(request.query))
            )
            self._note(request, body, response.status)
            late = self.faults.take(request.method, path, after=True)
            return (await strike(request, late) if late is not None else None) or response

        return serve

    def _respond(self, request: web.Request, route: str, answer: Answer, call: Call) -> web.Response:
        hooked = route.startswith(("/interactions", "/webhooks"))
        if not hooked and request.headers.get("Authorization") != f"Bot {self.world.token}":
            return answered(401, {"code": 0, "message": "401: Unauthorized"})
        bucket = f"{abs(hash((request.method, route))):x}:{call.ids.get('channel') or call.ids.get('token') or ''}"
        wait, everywhere, headers = self.limits.meet(bucket, counts=not hooked)
        if wait:
            body = {
                "message": "You are being rate limited.",
                "retry_after": round(wait + 0.01, 3),
                "global": everywhere,
            }
            return answered(429, body, headers | {"Retry-After": str(int(wait) + 1), "Via": "1.1 google"})
        try:
            made = answer(call)
        except Refused as error:
            return answered(error.status, {"code": error.code, "message": str(error)}, headers)
        return answered(204, None, headers) if made is None else answered(200, public(made), headers)

    def _note(self, request: web.Request, body: Json | None, status: int) -> None:
        path = request.path.removeprefix(PREFIX)
        self.sent.append(Sent(request.method, path, body, dict(request.query), time.monotonic(), status))

    def problems(self) -> list[str]:
        """What Discord's own description finds wrong with the requests so far; nothing where it is not at hand."""
        check = official()
        if check is None:
            return []
        found = [f"{s.method} {s.path}: {p}" for s in self.sent for p in check(s.method, s.path, s.body, s.query)]
        return [problem for problem in found if not any(quirk in problem for quirk in QUIRKS)]

    def _application(self, _call: Call) -> Json:
        return {
            "id": self.world.app_id, "name": "Milepost", "icon": None, "description": "", "bot_public": True,
            "bot_require_code_grant": False, "summary": "", "verify_key": "0" * 64, "flags": 0, "rpc_origins": [],
            "owner": self.world.bot.shown(), "team": None, "approximate_guild_count": self.world.guild_count,
            "approximate_user_install_count": 0, "interactions_endpoint_url": None, "redirect_uris": [],
            "integration_types_config": {"0": {}, "1": {}}, "bot": self.world.bot.shown(),
        }  # fmt: skip

    def _gateway_bot(self, _call: Call) -> Json:
        limit = {"total": 1000, "remaining": 999, "reset_after": 1, "max_concurrency": 1}
        return {"url": self.gateway_url, "shards": self.world.recommended_shards, "session_start_limit": limit}

    def _open_dm(self, call: Call) -> Json:
        user = self.world.users.get(str(call.body.get("recipient_id")))
        if user is None:
            raise Refused(400, 50033, "Invalid Recipient(s)")
        return self.world.dm_with(user).shown()

    def _guild(self, call: Call) -> Guild:
        guild = self.world.guilds.get(call.ids["guild"])
        if guild is None:
            raise Refused(404, 10004, "Unknown Guild")
        return guild

    def _channel(self, call: Call) -> Channel:
        channel = self.world.channels.get(call.ids["channel"])
        if channel is None:
            raise Refused(404, 10003, "Unknown Channel")
        return channel

    def _writable(self, call: Call) -> Channel:
        channel = self._channel(call)
        problem = channel.problem or (160005 if channel.locked else 0)
        if channel.type == 1 and not channel.recipients[0].shares_a_server:
            problem = 50278
        elif channel.type == 1 and not channel.recipients[0].accepts_dms:
            problem = 50007
        if problem:
            raise Refused(STATUS.get(problem, 403), problem, "Cannot send messages here")
        channel.archived = False
        return channel

    def _say(self, call: Call) -> Json:
        channel = self._writable(call)
        check_form(call.body, files=len(call.files))
        key, now = (channel.id, str(call.body.get("nonce"))), time.monotonic()
        known = self.world.nonces.get(key) if call.body.get("enforce_nonce") and call.body.get("nonce") else None
        if known and now - known[0] < self.world.nonce_seconds:
            if known[1] not in self.world.messages:
                raise Refused(404, 10008, "Unknown Message")
            return self.world.messages[known[1]]
        body = call.body | ({"attachments": call.files} if call.files else {})
        message = self.world.add_message(channel, self.world.bot, body, int(call.body.get("flags") or 0))
        self.world.nonces[key] = (now, message["id"])
        return message

    def _history(self, call: Call) -> list[Json]:
        here = [m for m in self.world.messages.values() if m["channel_id"] == self._channel(call).id]
        return [public(m) for m in here[::-1][: int(call.query.get("limit", 50))]]

    def _edit(self, call: Call) -> Json:
        self._writable(call)
        message = self._own(call)
        check_form(call.body, files=len(call.files), edit=True)
        rewrite(message, call.body)
        return message

    def _delete(self, call: Call) -> None:
        del self.world.messages[self._own(call)["id"]]

    def _own(self, call: Call) -> Json:
        message = self.world.messages.get(call.ids["message"])
        if message is None:
            raise Refused(404, 10008, "Unknown Message")
        if message["author"]["id"] != self.world.bot.id:
            raise Refused(403, 50005, "Cannot edit a message authored by another user")
        return message

    def _commands(self, call: Call) -> list[Json]:
        wanted: Any = call.body
        self.world.command_writes += 1
        head = {
            "application_id": self.world.app_id,
            "version": "1",
            "default_member_permissions": None,
            "description": "",
        }
        self.world.commands = [{"id": self.world.snowflake(), **head, **command} for command in wanted]
        return self.world.commands

    def _callback(self, call: Call) -> Json | None:
        original = self.interactions.acknowledge(call.ids["token"], call.body, call.files)
        if call.query.get("with_response") not in {"1", "true"}:
            return None
        one = self.interactions.by_token[call.ids["token"]]
        body: Json = {"interaction": {"id": one.id, "type": one.type, "channel_id": one.channel.id,
                                      "response_message_id": original["id"] if original else None}}  # fmt: skip
        if original is not None and call.body["type"] in {4, 7}:
            body["resource"] = {"type": call.body["type"], "message": public(original)}
        return body

    def _follow_up(self, call: Call) -> Json:
        return self.interactions.follow_up(call.ids["token"], call.body, call.files)

    def _get_answer(self, call: Call) -> Json:
        return self.interactions.find(self.interactions.of_token(call.ids["token"]), call.ids["message"])

    def _edit_answer(self, call: Call) -> Json:
        return self.interactions.edit(call.ids["token"], call.ids["message"], call.body, call.files)

    def _delete_answer(self, call: Call) -> None:
        self.interactions.delete(call.ids["token"], call.ids["message"])

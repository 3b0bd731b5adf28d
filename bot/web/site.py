"""The routes of the web port."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.web.webhook import Webhook

Ready = Callable[[], Awaitable[str]]
"""Says what keeps us from serving, "" for nothing."""


def site(ready: Ready, hooks: Mapping[str, Webhook], more: Iterable[Route] = ()) -> Starlette:
    """The application: health, readiness, where platforms deliver updates, and what else there is."""

    async def readyz(_request: Request) -> Response:
        problem = await ready()
        return JSONResponse({"ready": not problem, "problem": problem}, 503 if problem else 200)

    routes = [Route("/healthz", healthz), Route("/readyz", readyz), *more]
    return Starlette(routes=[*routes, *(Route(path, hook.answer, methods=["POST"]) for path, hook in hooks.items())])


async def healthz(_request: Request) -> Response:
    """The process is alive and its loop turns."""
    return JSONResponse({"alive": True})

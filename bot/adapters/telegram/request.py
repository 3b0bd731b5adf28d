"""How requests reach Telegram: aiohttp under the library's client, at a quarter of the processor time of its default.

An answer's way out can cost more than working it out, and of fifty people who speak at once the last waits for all.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode, urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PATIENCE = 10.0
"""Seconds for a connection, and for each wait on the other side, unless a call asks for more."""
LONGEST_UPLOAD = 60.0
IDLE = 60.0
"""Seconds a connection without work is kept open: opening one takes longer than a request."""


class Request(BaseRequest):
    """See `telegram.request.BaseRequest`. `connections` at most are open at once."""

    def __init__(self, connections: int, read_timeout: float = PATIENCE) -> None:
        self._connections = connections
        self._read_timeout = read_timeout
        self._session: aiohttp.ClientSession | None = None
        self._proxies = getproxies()  # read once: looking it up costs as much as a small request

    @property
    def read_timeout(self) -> float:
        """See `BaseRequest.read_timeout`."""
        return self._read_timeout

    async def initialize(self) -> None:
        """See `BaseRequest.initialize`."""
        # Nothing is opened before there is something to ask.

    async def shutdown(self) -> None:
        """See `BaseRequest.shutdown`."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _opened(self) -> aiohttp.ClientSession:
        """The session, opened when it is first wanted, since that must happen in a running loop."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=IDLE)
            self._session = aiohttp.ClientSession(connector=connector)
        return self._session

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """See `BaseRequest.do_request`. Raises `TimedOut` or `NetworkError`, with what aiohttp said as their cause."""
        uploads = bool(request_data and request_data.multipart_data)
        wait = read_timeout if isinstance(read_timeout, int | float) else self._read_timeout
        limits = aiohttp.ClientTimeout(
            total=LONGEST_UPLOAD + wait if uploads else None, connect=PATIENCE, sock_read=wait, sock_connect=PATIENCE
        )
        try:
            body, headers = _body(request_data)
            async with self._opened().request(
                method, url, data=body, headers=headers, timeout=limits, proxy=self._proxy(url)
            ) as answer:
                return answer.status, await answer.read()
        except TimeoutError as error:
            raise TimedOut from error
        except (aiohttp.ClientError, OSError) as error:
            # Its text may hold the address, and the address holds the token.
            raise NetworkError(type(error).__name__) from error

    def _proxy(self, url: str) -> str | None:
        """The proxy that the environment names for an address, as everywhere (`HTTPS_PROXY`, `NO_PROXY`)."""
        if not self._proxies:
            return None
        to = urlsplit(url)
        return None if proxy_bypass(to.netloc) else self._proxies.get(to.scheme)


def _body(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str]]:
    if data is None:
        return None, {}
    if not data.multipart_data:
        return urlencode(data.json_parameters).encode(), FORM
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form, {}

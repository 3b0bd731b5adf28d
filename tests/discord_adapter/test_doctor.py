"""`milepost doctor` with a Discord token: what it finds, and what would fail."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from typer.testing import CliRunner

from bot.cli import program
from tests.discord_adapter.house import living
from tests.discord_adapter.test_serve import ROOT, environment
from tests.loopback.discord.server import LoopbackDiscord


async def doctor(discord: LoopbackDiscord, folder: Path, **more: str) -> tuple[int, str]:
    """The verb as it runs, in this process: its libraries are loaded already."""
    asked = program(["doctor"]), ["doctor"]
    done = await asyncio.to_thread(CliRunner().invoke, *asked, env=environment(discord, folder) | more)
    return done.exit_code, done.output


async def doctor_program(discord: LoopbackDiscord, folder: Path, **more: str) -> tuple[int | None, str]:
    """The verb as a program of its own."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "doctor", cwd=ROOT, env=environment(discord, folder) | more,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await process.communicate()
    return process.returncode, said.decode()


async def test_all_is_well_and_the_invite_asks_for_little(discord: LoopbackDiscord, tmp_path: Path) -> None:
    async with living(discord, tmp_path / "milepost.db"):
        pass
    code, said = await doctor_program(discord, tmp_path)
    assert code == 0
    assert "✓ discord: the commands are registered" in said
    permissions = int(said.split("permissions=")[1].split("&")[0])
    assert not permissions & 1 << 3, "never Administrator"
    assert discord.world.token not in said


async def test_a_wrong_token_and_a_missing_intent_are_named(discord: LoopbackDiscord, tmp_path: Path) -> None:
    code, said = await doctor(discord, tmp_path, MILEPOST_DISCORD_TOKEN="another")
    assert code == 1
    assert "✗ discord: Discord does not know this token" in said
    code, said = await doctor(discord, tmp_path, MILEPOST_DISCORD_MESSAGE_CONTENT="1")
    assert code == 1
    assert "Message Content Intent is off" in said


async def test_channels_that_learners_chose_are_looked_at_and_what_is_missing_there_is_named(
    discord: LoopbackDiscord, tmp_path: Path
) -> None:
    async with living(discord, tmp_path / "milepost.db") as house:
        hall, den, cellar = await house.server(), await house.server(), await house.server()
        den.name = "den"
        for name, channel in (("Ada", hall), ("Bo", den), ("Cy", cellar), ("Dee", hall)):
            person = discord.person(name)
            await house.enroll(person)
            await person.slash("here", channel)
        loft = await house.server()
        loft.name, owner = "loft", discord.person("Eve")
        owner.user.manages = True
        await owner.say("create group Night Owls")
        await owner.say("group bind", loft, mention=True)
    code, said = await doctor(discord, tmp_path)
    assert code == 0, said
    assert "✓ discord: the bot may write in all 4 channels" in said
    den.denied, loft.denied = 1 << 14 | 1 << 15, 1 << 11
    del discord.world.channels[cellar.id]
    code, said = await doctor(discord, tmp_path)
    assert code == 1
    assert "✗ discord: in #den the bot lacks Embed Links, Attach Files; plans meant for it come directly" in said
    assert "✗ discord: in #loft the bot lacks Send Messages" in said
    assert f"· discord: channel {cellar.id} is gone or shut to the bot" in said
    discord.faults.add("503", f"/channels/{hall.id}", method="GET")
    code, said = await doctor(discord, tmp_path)
    assert code == 1
    assert f"✗ discord: channel {hall.id} could not be looked at" in said

"""compose.yaml and the Dockerfile agree with the program and with each other: what can be known without a container."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.delivery.ticker import PATIENCE
from bot.settings import PREFIX, Settings
from bot.storage.database import database_url, sqlite_file
from bot.verbs.roles import roles_named
from tests.cli.program import verbs

ROOT = Path(__file__).parent.parent.parent
COMPOSE, DOCKERFILE = ((ROOT / name).read_text(encoding="utf-8") for name in ("compose.yaml", "Dockerfile"))
OPERATING = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE)["services"]


def instruction(name: str) -> str:
    """The last such instruction of the Dockerfile, on one line."""
    return re.findall(rf"^{name} (.*)$", DOCKERFILE.replace("\\\n", ""), re.MULTILINE)[-1]


def environment() -> dict[str, str]:
    """What the image sets."""
    return dict(pair.split("=", 1) for pair in shlex.split(instruction("ENV")))


def test_every_setting_that_is_named_there_is_one() -> None:
    named = set(re.findall(rf"{PREFIX}[A-Z_]+", COMPOSE + DOCKERFILE))
    assert named <= {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    assert f"{PREFIX}DATABASE_URL" in named


def test_what_is_kept_lies_in_the_volume_and_the_rest_of_the_file_system_may_be_read_only() -> None:
    milepost, env = SERVICES["milepost"], environment()
    file = sqlite_file(database_url(env[f"{PREFIX}DATABASE_URL"]))
    assert file is not None
    kept = instruction("VOLUME")
    assert [volume.split(":")[1] for volume in milepost["volumes"]] == [kept] == [str(file.parent)]
    assert env["XDG_DATA_HOME"] == kept
    assert milepost["read_only"]
    assert env["XDG_CACHE_HOME"] in milepost["tmpfs"]
    assert set(yaml.safe_load(COMPOSE)["volumes"]) == {
        volume.split(":")[0] for service in SERVICES.values() for volume in service["volumes"]
    }


def test_the_container_runs_a_verb_with_roles_there_are_and_listens_where_the_settings_say() -> None:
    entry, command = json.loads(instruction("ENTRYPOINT")), json.loads(instruction("CMD"))
    words = SERVICES["milepost"].get("command", command)
    assert entry == ["milepost"]
    assert words[0] in verbs()
    assert roles_named(",".join(word.partition("=")[2] for word in words[1:] if word.startswith("--roles=")))
    assert int(instruction("EXPOSE")) == Settings.model_fields["web_port"].default
    assert environment()[f"{PREFIX}WEB_HOST"] == "0.0.0.0"
    assert instruction("USER").split(":")[0] != "0"


@pytest.mark.long
@pytest.mark.parametrize("there", [True, False])
def test_the_images_health_check_is_a_command_that_tells_a_database_from_none(tmp_path: Path, there: bool) -> None:
    command = json.loads(instruction("HEALTHCHECK").partition("CMD ")[2])
    assert command[0] == "milepost"
    folder = tmp_path if there else tmp_path / "file" / "below"
    (tmp_path / "file").touch()
    env = {**os.environ, f"{PREFIX}DATABASE_URL": f"sqlite:///{folder}/m.db"}
    if there:
        subprocess.run(
            [sys.executable, "-m", "bot", "db", "upgrade"], cwd=ROOT, env=env, check=True, capture_output=True
        )
    done = subprocess.run(
        [sys.executable, "-m", "bot", *command[1:]], cwd=ROOT, env=env, capture_output=True, check=False
    )
    assert (done.returncode == 0) is there


def test_the_database_that_the_comment_names_is_the_one_that_is_started() -> None:
    service = SERVICES["postgres"]
    env = service["environment"]
    for said in (COMPOSE, OPERATING):
        found = re.search(rf"{PREFIX}DATABASE_URL=(postgresql://\S+@postgres\S*)", said)
        assert found is not None
        url = database_url(found[1].replace("${POSTGRES_PASSWORD}", "secret"))
        assert (url.host, url.username, url.database) == ("postgres", env["POSTGRES_USER"], env["POSTGRES_DB"])
    check = service["healthcheck"]["test"]
    assert check[:2] == ["CMD", "pg_isready"]
    assert check[check.index("-U") + 1] == env["POSTGRES_USER"]


def test_several_of_them_fit_on_one_machine_and_a_stop_waits_for_what_is_on_its_way() -> None:
    milepost = SERVICES["milepost"]
    assert "container_name" not in milepost
    assert not milepost.get("ports"), "a port of the host can be had once"
    assert float(milepost["stop_grace_period"].removesuffix("s")) >= PATIENCE + 10
    assert instruction("STOPSIGNAL") == "SIGTERM"
    assert all(service["restart"] == "unless-stopped" for service in SERVICES.values())


def test_commands_of_the_documents_name_services_and_profiles_there_are() -> None:
    profiles = {profile for service in SERVICES.values() for profile in service.get("profiles", ())}
    for said in (COMPOSE, OPERATING):
        assert set(re.findall(r"--profile (\w+)", said)) <= profiles
        assert set(re.findall(r"--scale (\w+)=", said)) <= set(SERVICES)
    assert set(re.findall(r"docker compose (?:exec -T|stop|run --rm) (\w+)", OPERATING)) == set(SERVICES)

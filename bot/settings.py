"""Settings from the environment, a `.env` file, or `NAME_FILE` files for secrets. One error names every bad one."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.domain.errors import MilepostError

PREFIX = "MILEPOST_"


class BadSettings(MilepostError):
    """Settings that cannot be used; the message has one line for each."""


def data_folder() -> Path:
    """The user's folder for Milepost's own files, by the XDG base directory rules."""
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "milepost"


class Settings(BaseSettings):
    """Everything an operator can set. Field names are the variables' names without `MILEPOST_`."""

    # A variable that is set but empty is how compose files say "not set".
    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True
    )

    database_url: str = Field(default_factory=lambda: f"sqlite:///{data_folder() / 'milepost.db'}")
    telegram_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    telegram_webhook_url: str = ""
    telegram_webhook_secret: SecretStr | None = None
    telegram_parallel: int = Field(default=1, ge=1, le=64)
    discord_token: SecretStr | None = None
    discord_api_url: str = "https://discord.com/api/v10"
    discord_gateway_url: str = ""
    discord_message_content: bool = False
    discord_shards: int = Field(default=0, ge=0, le=1000)
    discord_rate: int = Field(default=45, ge=2, le=50)
    answers_embeddings: bool = False
    llm_base_url: str = ""
    llm_api_key: SecretStr | None = None
    llm_model: str = ""
    llm_price: float = Field(default=0.0, ge=0)
    web_host: str = "127.0.0.1"
    web_port: int = Field(default=8080, ge=0, le=65535)
    web_public_url: str = ""
    content_dir: Path | None = None
    fonts_dir: Path | None = None
    admins: str = ""
    log_level: str = "INFO"
    log_format: Literal["text", "json"] = "text"

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, value: str) -> str:
        if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError("use DEBUG, INFO, WARNING or ERROR")
        return value.upper()

    @field_validator("telegram_api_url", "telegram_webhook_url", "discord_api_url", "llm_base_url", "web_public_url")
    @classmethod
    def _is_url(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("must begin with http:// or https://")
        return value.rstrip("/")

    @field_validator("discord_gateway_url")
    @classmethod
    def _is_socket(cls, value: str) -> str:
        if value and not value.startswith(("ws://", "wss://")):
            raise ValueError("must begin with ws:// or wss://")
        return value

    @field_validator("telegram_token", "telegram_webhook_secret", "discord_token", "llm_api_key", mode="before")
    @classmethod
    def _bare(cls, value: object) -> object:
        """A secret without what a copy, a file or a compose file put around it."""
        return value.strip() or None if isinstance(value, str) else value

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _is_telegrams(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", value.get_secret_value()):
            raise ValueError("use 1 to 256 of A-Z a-z 0-9 _ -")
        return value

    @classmethod
    def load(cls) -> Self:
        """Settings from the environment. Raises `BadSettings` with a line for each bad one."""
        values, wrong = _from_files()
        try:
            found = cls(**values)  # type: ignore[arg-type]  # pydantic turns the text into each type
        except ValidationError as error:
            wrong += [f"{_variable(e['loc'][0])}: {e['msg'].removeprefix('Value error, ')}" for e in error.errors()]
        if wrong:
            raise BadSettings("\n".join(wrong))
        return found


def _variable(field: int | str) -> str:
    return f"{PREFIX}{str(field).upper()}"


def _from_files() -> tuple[dict[str, str], list[str]]:
    """Values of `NAME_FILE` variables, and what is wrong with them; the plain variable wins when both are set."""
    values: dict[str, str] = {}
    wrong: list[str] = []
    for field in Settings.model_fields:
        path = os.environ.get(f"{_variable(field)}_FILE")
        if path and not os.environ.get(_variable(field)):
            try:
                values[field] = Path(path).read_text(encoding="utf-8").strip()
            except OSError as error:
                wrong.append(f"{_variable(field)}_FILE: {path} cannot be read: {error.strerror}")
            except UnicodeDecodeError:
                wrong.append(f"{_variable(field)}_FILE: {path} is not UTF-8 text")
    return values, wrong

"""Settings, from the environment: `FTA_REGISTER`, `FTA_ANALYST`, `FTA_MAX_BYTES`, `FTA_LLM_URL`, `FTA_LLM_KEY`,
`FTA_LLM_TIMEOUT`, `FTA_SECRET_KEY`, `FTA_SMTP_URL`, `FTA_SMTP_FROM`, `FTA_SMTP_PASSWORD`.

Invariant: nothing here changes what is read out of a text; the same text gives the same claims under all settings.
An option on the command line goes before the environment.
"""

from __future__ import annotations

import getpass

from pydantic import Field, PositiveFloat, PositiveInt, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from followthearms.errors import UsageError


class Settings(BaseSettings):
    """What a user may set."""

    model_config = SettingsConfigDict(frozen=True, env_ignore_empty=True)

    register_place: str = Field(default="register.db", validation_alias="FTA_REGISTER")
    """A path, or the address of a database. In the current directory: a register belongs to an investigation, whose
    folder can be copied, backed up and handed on with it. A hidden place under the home folder would mix them all."""

    analyst: str | None = Field(default=None, validation_alias="FTA_ANALYST")
    """The name that decisions are made under; without it, the one under which the user is logged in."""

    max_bytes: PositiveInt = Field(default=20_000_000, validation_alias="FTA_MAX_BYTES")
    """Largest file that is read as one article, in bytes. A long parliamentary report has about 2 MB of text; what is
    ten times that is a mistake (a dump, a binary) or hostile."""

    llm_url: str | None = Field(default=None, validation_alias="FTA_LLM_URL")
    """Where a language model is, if an option asks for one; by itself it asks for none."""

    llm_key: SecretStr | None = Field(default=None, validation_alias="FTA_LLM_KEY")
    """Its key. There is no option for it: other users of a machine can see the options of a command."""

    llm_timeout: PositiveFloat = Field(default=120.0, validation_alias="FTA_LLM_TIMEOUT")
    """Seconds that one answer may take. A small model on two cores without vector instructions needs half a minute."""

    secret_key: SecretStr | None = Field(default=None, validation_alias="FTA_SECRET_KEY")
    """What `fta serve` signs cookies with; without it, a key in a file beside the register."""

    smtp_url: str | None = Field(default=None, validation_alias="FTA_SMTP_URL")
    """Which server sends the letters of `fta watch --mail-to`: smtp://user@host:587, or smtps://user@host."""

    smtp_from: str | None = Field(default=None, validation_alias="FTA_SMTP_FROM")
    """The address that they come from."""

    smtp_password: SecretStr | None = Field(default=None, validation_alias="FTA_SMTP_PASSWORD")
    """The user's password there. There is no option for it, as for `llm_key`."""


def analyst(named: str | None = None) -> str:
    """Who decides: who is named, else who the settings say, else who is logged in. Raises UsageError if nobody is."""
    if known := named or settings().analyst:
        return known
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise UsageError("nobody is logged in; say with --by, or in FTA_ANALYST, who decides") from error


def settings() -> Settings:
    """The settings as the environment has them now; `UsageError` names the variable that cannot be used."""
    try:
        return Settings()
    except ValidationError as error:
        raise UsageError("; ".join(f"{e['loc'][0]}: {e['msg']}" for e in error.errors())) from error

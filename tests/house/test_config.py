"""The settings come from the environment, and a bad one is named."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from followthearms.config import settings
from followthearms.errors import UsageError


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FTA_REGISTER", "FTA_MAX_BYTES"):
        monkeypatch.delenv(name, raising=False)


def test_the_register_stands_in_the_current_directory() -> None:
    assert settings().register_place == "register.db"


def test_the_environment_is_read_at_each_call(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FTA_REGISTER", "/srv/desk/arms.db")
    monkeypatch.setenv("FTA_MAX_BYTES", "1000")
    assert (settings().register_place, settings().max_bytes) == ("/srv/desk/arms.db", 1000)


@pytest.mark.parametrize("value", ["much", "0", "-1"])
def test_a_bad_value_names_its_variable(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("FTA_MAX_BYTES", value)
    with pytest.raises(UsageError, match="FTA_MAX_BYTES"):
        settings()


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        settings().max_bytes = 1  # type: ignore[misc]

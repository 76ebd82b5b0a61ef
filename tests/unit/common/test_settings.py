"""Settings: read once from the environment, checked, and never printed with a secret."""

import base64
from pathlib import Path

import pytest
from pydantic import ValidationError

from services.cli_errors import sentence
from services.common.settings import GatewaySettings, Settings, SettingsError


def test_settings_can_not_be_changed() -> None:
    with pytest.raises(ValidationError):
        Settings().nats_replicas = 3  # type: ignore[misc]


def test_switches_are_written_on_and_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOPBELL_RATE_LIMITS", "off")
    monkeypatch.setenv("SHOPBELL_DEMO", "on")
    settings = GatewaySettings()
    assert (settings.rate_limits, settings.demo) == (False, True)


def test_a_database_is_found_on_the_server_or_where_its_own_setting_says() -> None:
    settings = Settings(postgres_dsn="postgresql://u@h/postgres", read_dsn="postgresql://u@other/elsewhere")
    assert settings.database_name("log") == "shopbell_log"
    assert settings.database_name("read") == "elsewhere"


def test_printed_settings_carry_no_secret() -> None:
    settings = Settings(
        nats_url="nats://u:hush@a:4222,nats://u:hush@b:4222",
        postgres_dsn="host=h password=hush user=u",
        log_dsn="postgresql://u:hush@h/log",
        master_key=base64.b64encode(b"hush" * 8).decode(),
    )
    printed = repr(settings.redacted())
    assert "hush" not in printed
    assert base64.b64encode(b"hush" * 8).decode() not in printed
    assert "a:4222" in printed


def test_a_master_key_of_the_wrong_length_is_refused_with_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="not 32 bytes"):
        Settings(master_key="c2hvcnQ=").load_master_key()
    with pytest.raises(SettingsError, match="There is no master key"):
        Settings(home=tmp_path).load_master_key()
    (tmp_path / "master.key").write_text("not base64!")
    with pytest.raises(SettingsError, match="not 32 bytes"):
        Settings(home=tmp_path).load_master_key()


def test_an_unusable_setting_is_named_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHOPBELL_PORT", "eighty")
    with pytest.raises(ValidationError) as caught:
        GatewaySettings()
    said = sentence(caught.value)
    assert said is not None
    assert said.startswith("SHOPBELL_PORT is not usable")
    assert "\n" not in said

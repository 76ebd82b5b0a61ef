"""Secrets that are made up once."""

from pathlib import Path

from services.common.settings import Settings
from services.standalone import secret_files


def test_a_secret_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    first = secret_files.demo_password(tmp_path)
    assert secret_files.demo_password(tmp_path) == first
    assert (tmp_path / secret_files.DEMO_PASSWORD_FILE).stat().st_mode & 0o777 == 0o600


def test_the_master_key_made_is_one_that_services_accept(tmp_path: Path) -> None:
    secret_files.master_key(tmp_path)
    key = Settings(home=tmp_path).load_master_key()
    secret_files.master_key(tmp_path)
    assert Settings(home=tmp_path).load_master_key() == key


def test_a_write_that_was_broken_off_is_begun_again(tmp_path: Path) -> None:
    (tmp_path / "demo.password.new").write_text("half")
    assert secret_files.demo_password(tmp_path) != "half"

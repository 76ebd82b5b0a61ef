"""Two master keys at once, while one takes the other's place."""

import pytest

from services.common.master_key import MasterKey, WrongMasterKey

OLD, NEW = bytes(range(32)), bytes(range(32, 64))


def test_either_key_opens_what_the_other_has_wrapped() -> None:
    old, new = MasterKey(OLD, others=[NEW]), MasterKey(NEW, others=[OLD])
    assert new.unwrap(old.wrap(b"secret", b"demo"), b"demo") == b"secret"
    assert old.unwrap(new.wrap(b"secret", b"demo"), b"demo") == b"secret"


def test_only_the_first_key_wraps() -> None:
    old, new = MasterKey(OLD), MasterKey(NEW, others=[OLD])
    wrapped = new.wrap(b"secret", b"demo")
    assert new.wraps_already(wrapped, b"demo")
    assert not new.wraps_already(old.wrap(b"secret", b"demo"), b"demo")
    with pytest.raises(WrongMasterKey):
        old.unwrap(wrapped, b"demo")


def test_neither_key_opens_for_another_owner() -> None:
    new = MasterKey(NEW, others=[OLD])
    with pytest.raises(WrongMasterKey):
        new.unwrap(MasterKey(OLD).wrap(b"secret", b"demo"), b"other")


def test_what_is_derived_from_a_root_outlives_the_key() -> None:
    root = bytes(32)
    assert MasterKey(OLD).with_root(root).derive("tokens") == MasterKey(NEW).with_root(root).derive("tokens")
    assert MasterKey(OLD).derive("tokens") == MasterKey(NEW).with_root(OLD).derive("tokens")


def test_key_of_another_length_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        MasterKey(OLD, others=[b"short"])

"""Accounts on both databases: passwords, roles, and when sessions are over."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher

from followthearms.errors import NotInRegister, UsageError
from followthearms.model.accounts import Role
from followthearms.register import Register
from followthearms.register.accounts import SHORTEST_PASSWORD, Accounts
from tests.register.databases import ask

PASSWORD = "seven grey herons"
QUICK = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)


@pytest.fixture
def register(register_url: str) -> Iterator[Register]:
    with Register.open(register_url) as register:
        yield register


@pytest.fixture
def accounts(register: Register) -> Accounts:
    """With a hash that takes no time: what the real one takes is looked at apart."""
    return Accounts(register._session, QUICK)


def test_who_has_an_account_and_the_password_is_let_in(accounts: Accounts) -> None:
    made = accounts.add("Ann", Role.ANALYST, PASSWORD)
    assert (made.name, made.role, made.is_active) == ("Ann", Role.ANALYST, True)
    assert accounts.check("Ann", PASSWORD) == made == accounts.get("Ann") == accounts.find(" Ann ")
    assert accounts.all() == (made,)
    assert [accounts.check(*pair) for pair in (("Ann", "seven grey heron"), ("Bob", PASSWORD), ("", ""))] == [None] * 3


def test_a_keyboard_that_composes_otherwise_types_the_same(accounts: Accounts) -> None:
    accounts.add("Zo\u00eb", Role.READER, "caf\u00e9 caf\u00e9 caf\u00e9")
    assert accounts.check("Zoe\u0308", "cafe\u0301 cafe\u0301 cafe\u0301")


def test_only_the_hash_is_kept(register_url: str, accounts: Accounts) -> None:
    accounts.add("Ann", Role.READER, PASSWORD)
    accounts.add("Bob", Role.READER, PASSWORD)
    kept = [value for (value,) in ask(register_url, "SELECT password FROM accounts")]
    assert all(value.startswith("$argon2id$") for value in kept) and len(set(kept)) == 2
    assert PASSWORD not in repr(ask(register_url, "SELECT * FROM accounts")) + repr(accounts.all())


@pytest.mark.parametrize("password", ["", "x" * (SHORTEST_PASSWORD - 1), "x" * 1001])
def test_a_password_of_no_use_is_refused_and_not_repeated(accounts: Accounts, password: str) -> None:
    with pytest.raises(UsageError, match="at least 12 characters") as refused:
        accounts.add("Ann", Role.READER, password)
    assert not password or password not in str(refused.value)
    assert accounts.all() == ()


@pytest.mark.parametrize("name", ["", " ", "-x", "a\nb", "a\x00b", "<b>", "x" * 65, "\u202eann", "_ann"])
def test_a_name_that_could_mislead_is_refused(accounts: Accounts, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be the name"):
        accounts.add(name, Role.READER, PASSWORD)


@pytest.mark.parametrize("name", ["Ann", "ann", " ANN ", "\uff21nn"])
def test_a_name_is_given_once_however_it_is_written(accounts: Accounts, name: str) -> None:
    accounts.add("Ann", Role.READER, PASSWORD)
    accounts.set_active("Ann", False)  # decisions stand under the name still
    with pytest.raises(UsageError, match="account Ann already"):
        accounts.add(name, Role.EDITOR, PASSWORD)


def test_what_ends_the_sessions_of_an_account(accounts: Accounts) -> None:
    epochs = [accounts.add("Ann", Role.READER, PASSWORD).epoch]
    assert accounts.check("Ann", PASSWORD)
    assert accounts.get("Ann").epoch == epochs[0]  # to log in again ends none
    epochs += [
        accounts.set_role("Ann", Role.EDITOR).epoch,
        accounts.set_password("Ann", PASSWORD + "!").epoch,
        accounts.set_active("Ann", False).epoch,
        accounts.set_active("Ann", True).epoch,
        accounts.end_sessions("Ann").epoch,
    ]
    assert len(set(epochs)) == len(epochs)
    assert accounts.get("Ann").role is Role.EDITOR


def test_a_closed_account_lets_nobody_in_until_it_is_opened_again(accounts: Accounts) -> None:
    accounts.add("Ann", Role.READER, PASSWORD)
    assert not accounts.set_active("Ann", False).is_active
    assert accounts.check("Ann", PASSWORD) is None
    accounts.set_active("Ann", True)
    assert accounts.check("Ann", PASSWORD)


def test_an_old_password_is_good_no_more(accounts: Accounts) -> None:
    accounts.add("Ann", Role.READER, PASSWORD)
    accounts.set_password("Ann", "nine white swans")
    assert accounts.check("Ann", PASSWORD) is None
    assert accounts.check("Ann", "nine white swans")


def test_a_hash_of_other_parameters_is_renewed_at_login(register: Register, register_url: str) -> None:
    weak, strong = (Accounts(register._session, PasswordHasher(passes, 64, 1)) for passes in (1, 2))
    weak.add("Ann", Role.READER, PASSWORD)
    assert strong.check("Ann", "something else") is None
    assert "t=1" in ask(register_url, "SELECT password FROM accounts")[0][0]
    assert strong.check("Ann", PASSWORD)
    assert "t=2" in ask(register_url, "SELECT password FROM accounts")[0][0]
    assert strong.check("Ann", PASSWORD) == weak.get("Ann")


def test_nobody_is_an_account_that_is_not_there(accounts: Accounts) -> None:
    for change in (accounts.get, accounts.end_sessions):
        with pytest.raises(NotInRegister, match=r"no account 'Bob'.*fta users list"):
            change("Bob")


@pytest.mark.parametrize("database", ["sqlite"])  # the time is the hash's
def test_no_account_takes_as_long_as_a_wrong_password(register: Register) -> None:
    """With the real parameters; a third is far more than the noise of a busy machine, and far less than a hash."""
    real = register.accounts
    real.add("Ann", Role.READER, PASSWORD)
    real.check("nobody", PASSWORD)  # makes what is compared where there is no account

    def seconds(name: str) -> float:
        taken = []
        for _ in range(3):
            start = time.process_time()
            assert real.check(name, "a wrong password") is None
            taken.append(time.process_time() - start)
        return statistics.median(taken)

    assert seconds("nobody") > seconds("Ann") * 2 / 3
    assert seconds("Ann") > 0.01


def test_a_register_of_a_past_day_knows_no_accounts(register: Register) -> None:
    register.accounts.add("Ann", Role.READER, PASSWORD)
    with register.as_of(register._session.now().date()) as then:
        assert then.accounts.all() == ()


def test_each_role_may_what_those_before_it_may() -> None:
    assert [[one.may(other) for other in Role] for one in Role] == [
        [True, False, False],
        [True, True, False],
        [True, True, True],
    ]

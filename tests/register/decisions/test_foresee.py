"""What a ruling would bring is told before it is made, and nothing of it is kept."""

from __future__ import annotations

import pytest

from followthearms.errors import UsageError
from followthearms.model.decisions import Different, Merge, Split
from followthearms.register import Register
from tests.register.conftest import CopyOf
from tests.register.histories import ALL, CAME, MORE, ORDER, RUN, SEIZURE, target


def told(url: str) -> None:
    """Tell a register of all of them."""
    with Register.open(url) as opened:
        opened.add_many(ALL, RUN)


@pytest.fixture
def register(copy_of: CopyOf):
    with Register.open(copy_of(told)) as opened:
        yield opened


def test_a_merge_is_foreseen_as_it_then_comes(register: Register) -> None:
    before = register.deals()
    merge = register.ledger.merging([deal.id for deal in before])
    assert isinstance(merge, Merge)
    foreseen = register.ledger.foresee(merge, "Ann")
    assert register.deals() == before and not register.ledger.decisions()
    register.ledger.decide(merge, "Ann")
    assert foreseen.deals == register.deals() != before


def test_a_split_is_foreseen_with_both_parts_and_its_warnings(register: Register) -> None:
    [deal] = [deal for deal in register.deals() if len(deal.documents) > 1]
    register.ledger.decide(register.ledger.merging([one.id for one in register.deals()]), "Bo")
    same = register.ledger.decisions()[0]
    split = register.ledger.splitting(deal.id, [f"{SEIZURE.id}:{SEIZURE.claims[0].id}"])
    assert isinstance(split, Split)
    foreseen = register.ledger.foresee(split, "Ann")
    assert {len(one.documents) for one in foreseen.deals} == {3, 1}
    assert any(f"overrules merge {same.id} of Bo" in warning for warning in foreseen.warnings)
    assert len(register.deals()) == 1


def test_what_makes_no_sense_is_refused_as_it_would_be(register: Register) -> None:
    merge = register.ledger.merging([deal.id for deal in register.deals()])
    register.ledger.decide(merge, "Ann")
    with pytest.raises(UsageError, match="these are one deal already"):
        register.ledger.foresee(merge, "Ann")
    with pytest.raises(UsageError, match="needs a name"):
        register.ledger.foresee(Different(left=target(ORDER), right=target(MORE)), " ")
    assert len(register.ledger.decisions()) == 1 and CAME.id in register.deals()[0].documents

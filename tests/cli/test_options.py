"""Options that name what the model names, without loading it."""

from __future__ import annotations

from enum import StrEnum

import pytest

from followthearms.cli.options import AccountRole, DifferenceClass, DifferenceTopic
from followthearms.model import Consistency, Topic
from followthearms.model.accounts import Role


@pytest.mark.parametrize(
    ("option", "model"), [(DifferenceClass, Consistency), (DifferenceTopic, Topic), (AccountRole, Role)]
)
def test_an_option_has_the_words_of_the_model(option: type[StrEnum], model: type[StrEnum]) -> None:
    assert set(option) == set(model)

from __future__ import annotations

from followthearms.exchange.changes import slot_in_words
from followthearms.model import Equipment, Quantity


def test_a_number_is_told_with_its_item() -> None:
    number = Quantity(start=0, end=3, text="600", number=600)
    item = Equipment(start=4, end=10, text="rifles", category="rifle", quantity=number)
    assert slot_in_words((item,)) == "600 “rifles” (rifle)"
    assert slot_in_words((item.model_copy(update={"quantity": None}),)) == "“rifles” (rifle)"

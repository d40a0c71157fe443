from __future__ import annotations

from followthearms.link import deals
from followthearms.register.folding.bodies import dump_deal, load_deal
from tests.link.drafts import draft, said


def test_a_deal_that_is_loaded_is_the_one_that_was_dumped_and_each_side_stands_once() -> None:
    documents = [
        draft(
            name,
            f"On {day} May 2020, Russia signed a contract with India for {number} T-90 tanks.",
            said(
                "agreement",
                "signed",
                supplier="Russia/RU",
                recipient="India/IN",
                equipment=f"T-90 tanks/T-90/tank/{number}",
                date=(f"{day} May", f"2020-05-{day}", f"2020-05-{day}"),
            ),
        )
        for name, day, number in (("a", "10", 100), ("b", "11", 200), ("c", "12", 300))
    ]
    (told,) = deals(documents)
    line = dump_deal(told)
    assert len(told.contradictions) == 6
    assert load_deal(line) == told
    assert line.count("agreement: 2020-05-11") == 1


def test_a_deal_without_contradictions_is_loaded_as_it_was() -> None:
    text = "Russia delivered T-90 tanks to India."
    claim = said("delivery", "delivered", supplier="Russia/RU", recipient="India/IN", equipment="T-90 tanks/T-90/tank")
    (told,) = deals([draft("a", text, claim)])
    assert load_deal(dump_deal(told)) == told

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from followthearms.errors import UsageError
from followthearms.model import Document
from followthearms.model.filters import SORTS, Target
from followthearms.model.query import Query, Words
from followthearms.register import Register, Run
from followthearms.register.search import Search, planning, results
from followthearms.register.search.terms import asked, indexed
from tests.link.drafts import Fields, draft, said
from tests.register.conftest import CopyOf

RUN = Run(version="1.0", ruleset="abc", parser="sm 3.8", started=dt.datetime(2026, 1, 2, 12, tzinfo=dt.UTC))
PARTIES: Fields = {"supplier": "Russia/RU", "recipient": "India/IN"}
AK = "AK-203 rifles/AK-203/assault rifle"

ORDER = draft(
    "order",
    "India ordered 700,000 AK-203 rifles from Russia in March 2019.",
    said("agreement", "ordered", equipment=f"{AK}/700000", date=("March 2019", "2019-03-01", "2019-03-31"), **PARTIES),
    date="2019-03-04",
    outlet="TASS",
)
MORE = draft(
    "more",
    "It is 750,000 AK-203 rifles that India bought from Russia.",
    said("agreement", "bought", equipment=f"{AK}/750000", **PARTIES),
    date="2019-03-05",
    outlet="Ravelin",
)
REFUSED = draft(
    "refused",
    "Sweden will not sell Gripen jets to São Tomé, whose ministry bought Rafale jets from France for $900 million.",
    said(
        "refusal", "not sell", supplier="Sweden/SE", recipient="São Tomé/ST", equipment="Gripen jets/Gripen/fighter",
        modality="planned", disputed=True, negated=True,
    ),
    said(
        "agreement", "bought", supplier="France/FR", recipient="São Tomé/ST", equipment="Rafale jets/Rafale/fighter",
        value=("$900 million", 900_000_000, "USD"),
    ),
    date="2021-06-01",
    outlet="Quillon",
)  # fmt: skip
SEIZURE = draft(
    "seizure",
    "Customs seized 12 pistols in Lagos.",
    said("seizure", "seized", actor="Customs/NG", equipment="pistols//pistol/12", place="Lagos"),
)
WORLD = (ORDER, MORE, REFUSED, SEIZURE)

CLAIMS = {  # for each search the documents of the claims that it finds
    "": "refused refused more order seizure",
    "rifles": "more order",
    "RIFLES india": "more order",
    '"rifles from"': "order",
    '"from rifles"': "",
    '"ak 203"': "more order",
    "AK-203 -bought": "order",
    "-rifles": "refused refused seizure",
    "rif*": "more order",
    '"bought raf"*': "refused refused",
    "sao": "refused refused",
    "supplier:RU": "more order",
    "supplier:Russia": "more order",
    "supplier:russia,sweden": "refused more order",
    "-supplier:RU,SE": "refused seizure",
    "recipient:RU": "",
    "party:IN": "more order",
    "party:NG": "seizure",
    "actor:NG": "seizure",
    "equipment:AK-203": "more order",
    "equipment:rifle": "more order",
    'equipment:"small arms"': "more order seizure",
    "equipment:equipment:AK-203": "more order",
    "equipment:tank": "",
    "equipment:unheard-of": "",
    "kind:refusal": "refused",
    "kind:refusal,seizure": "refused seizure",
    "-kind:agreement": "refused seizure",
    "kind:refusal supplier:FR": "",
    "modality:planned": "refused",
    "negated:yes": "refused",
    "negated:no": "refused more order seizure",
    "disputed:yes": "refused",
    "standing:pending": "refused refused more order seizure",
    "standing:accepted": "",
    "published:2019": "more order",
    "published:2019-03-05..": "refused refused more",
    "published:..2019-03-04": "order",
    "-published:2019": "refused refused seizure",
    "date:2019": "order",
    "year:2019-03-15": "order",
    "after:2019-04": "",
    "before:2020": "order",
    "source:TASS": "order",
    "source:tass,Quillon": "refused refused order",
    "-source:TASS": "refused refused more seizure",
    "place:Lagos": "seizure",
    "status:agreed supplier:RU": "more order",
    "nature:seizure": "seizure",
    "quantity:>700000": "more order",
    "quantity:12": "seizure",
    "-quantity:12": "refused refused more order",
    "value:1m..1bn": "refused",
    "sources:2..": "more order",
    "contradiction:any": "more order",
    "contradiction:conflicting topic:quantity": "more order",
    "contradiction:conflicting topic:value": "",
    "contradiction:open": "more order",
    "contradiction:closed": "",
    "-contradiction:any": "refused refused seizure",
}
DEALS = {  # for each search the documents of the deals that it finds
    "rifles": {"order", "more"},
    "ordered bought rifles": {"order", "more"},  # of two claims of one deal
    "supplier:RU kind:agreement source:TASS": {"order", "more"},
    "source:TASS published:2019-03-05": set(),  # no claim is both
    "published:2021": {"refused"},
    "-rifles": {"refused", "seizure"},
    "-kind:agreement": {"refused", "seizure"},
    'equipment:"small arms"': {"order", "more", "seizure"},
    "date:2019": {"order", "more"},
    "date:2021": {"refused"},  # which no text dates: when it was told
    "before:2020": {"order", "more"},
    "year:2020": set(),
    "nature:seizure": {"seizure"},
    "place:Lagos": {"seizure"},
    "contradiction:conflicting": {"order", "more"},
    "-contradiction:any": {"refused", "seizure"},
    "quantity:12": {"seizure"},
}
DOCUMENTS = {
    "jets": {"refused"},
    "source:TASS,Ravelin": {"order", "more"},
    "kind:refusal supplier:FR": set(),
    "kind:agreement supplier:FR": {"refused"},
    "-kind:agreement": {"seizure"},
    "published:2019": {"order", "more"},
    "status:agreed supplier:RU": {"order", "more"},
    "-source:TASS rifles": {"more"},
}


Fill = Callable[..., Register]


@pytest.fixture
def fill(register_url: str) -> Iterator[Fill]:
    """Adds documents to a register, and gives it."""
    with Register.open(register_url) as register:

        def add(*documents: Document, run: Run = RUN) -> Register:
            register.add_many(documents, run)
            return register

        yield add


def told(url: str) -> None:
    """Tell a register of a small world."""
    with Register.open(url) as opened:
        opened.add_many(WORLD, RUN)


@pytest.fixture
def register(copy_of: CopyOf) -> Iterator[Register]:
    """A register of a small world."""
    with Register.open(copy_of(told)) as opened:
        yield opened


@pytest.fixture
def search(register: Register) -> Search:
    """Its search."""
    return register.search


@pytest.fixture
def ways(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The ways in which a search is answered, one after the other."""

    def go() -> Iterator[str]:
        yield "candidates collected"
        monkeypatch.setattr(planning, "FEW", -1)
        yield "all gone through"
        monkeypatch.setattr(planning, "STRETCH", 1)
        yield "gone through in stretches"
        monkeypatch.setattr(planning, "_DEARER", 0)
        yield "candidates collected after the first row"

    return go()


def test_claims_deals_and_documents_are_found_by_words_and_filters(
    register: Register, search: Search, ways: Iterator[str]
) -> None:
    told = {deal.id: set(deal.documents) for deal in register.deals()}
    for way in ways:
        claims = {text: " ".join(row.document for row in search.claims(text).rows) for text in CLAIMS}
        assert claims == CLAIMS, way
        deals = {text: set().union(*(told[row.row.id] for row in search.deals(text).rows)) for text in DEALS}
        assert deals == DEALS, way
        documents = {text: {row.document for row in search.documents(text).rows} for text in DOCUMENTS}
        assert documents == DOCUMENTS, way


def test_pages_of_one_row_make_up_the_page_of_all(search: Search, ways: Iterator[str]) -> None:
    for way in ways:
        for target in Target:
            ask: Callable[..., Any] = getattr(search, target.value)
            for sort in [f"sort:{sign}{key}" for key in SORTS[target] for sign in ("", "-")]:
                whole = ask(sort)
                assert whole.total.count >= len(whole.rows) > 2 and whole.next is None, way
                assert tuple(_one_by_one(ask, sort)) == whole.rows, (way, target, sort)


def _one_by_one(ask: Callable[..., Any], query: str) -> Iterator[Any]:
    page = ask(query, limit=1)
    yield from page.rows
    while page.next is not None:
        page = ask(query, limit=1, after=page.next)
        yield from page.rows


def test_deals_of_equal_rank_stand_in_the_order_of_their_ids(fill: Fill, ways: Iterator[str]) -> None:
    search = fill(*(_order(state) for state in ("Vietnam/VN", "Egypt/EG", "Kenya/KE", "Algeria/DZ"))).search
    for way in ways:
        pages = list(_one_by_one(search.deals, "supplier:RU"))
        ids = [found.row.id for found in pages]
        assert len(ids) == 4 and ids == sorted(ids), way


def _order(recipient: str) -> Document:
    name = recipient.partition("/")[0]
    claim = said("agreement", "bought", supplier="Russia/RU", recipient=recipient, equipment=AK)
    return draft(name, f"{name} bought AK-203 rifles from Russia.", claim, date="2019-03-04")


def test_rows_stand_in_the_order_that_is_asked_for(register: Register, search: Search) -> None:
    ranks = {deal.id: deal.rank for deal in register.deals()}
    assert _ids(search) == sorted(ranks, key=lambda name: (-ranks[name], name))
    assert [row.row.id for row in search.deals("sort:rank").rows] == _ids(search)[::-1]
    newest = [row.document for row in search.documents("").rows]
    assert newest == ["refused", "more", "order", "seizure"]
    assert [row.document for row in search.documents("sort:published").rows] == newest[::-1]
    values = [row.row.quantity[0].number if row.row.quantity else None for row in search.deals("sort:quantity").rows]
    assert values[:2] == [12, 750_000] and set(values[2:]) == {None}


def test_what_was_looked_for_is_marked(search: Search) -> None:
    [row] = search.claims('"rifles from" ordered').rows
    text = ORDER.text
    assert row.quote.text == text
    assert [text[mark.start : mark.end] for mark in row.quote.marks] == ["ordered", "rifles from"]
    [document] = search.documents("sao raf*").rows
    marked = [REFUSED.text[mark.start : mark.end] for mark in document.snippet.marks]
    assert marked == ["São", "Rafale"]
    [deal] = search.deals("bought supplier:RU").rows
    assert [one.text for one in deal.snippets] == [MORE.text]


def test_frequent_words_are_shown_as_rare_ones_are(search: Search, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ("bought", "rifles", '"rifles from"', "bought rifles", "not sell -india")
    shown = [search.deals(query).rows for query in asked]
    assert len(shown[1][0].snippets) == 2
    monkeypatch.setattr(results, "_FEW", -1)
    assert [search.deals(query).rows for query in asked] == shown and not search.deals("customs supplier:SE").rows
    monkeypatch.setattr(results, "_MOST_LOOKED", 1)
    assert [one.text for one in search.deals("rifles").rows[0].snippets] == [MORE.text]


def test_facets_count_what_filters_find(search: Search) -> None:
    facets = search.facets("")
    assert facets.all_counted and facets.counted == len(_ids(search))
    for name in ("supplier", "recipient", "status", "nature", "equipment", "year"):
        counts = getattr(facets, name)
        assert counts
        for one in counts:
            assert len(search.deals(f'{name}:"{one.value}"').rows) == one.deals


def test_a_new_reading_takes_the_old_words_away(fill: Fill) -> None:
    titled = ORDER.model_copy(update={"title": "Korwa works"})
    search = fill(titled, MORE).search
    assert len(search.documents("korwa").rows) == len(search.documents('"korwa works"').rows) == 1
    assert not search.documents('"works india"').rows  # no phrase goes from the title into the text
    silent = titled.model_copy(update={"title": "Amethi works", "claims": ()})
    search = fill(silent, run=RUN.model_copy(update={"ruleset": "def"})).search
    assert not search.documents("korwa").rows
    assert [row.document for row in search.documents("works").rows] == ["order"]
    assert not search.claims("ordered").rows and not search.deals("ordered").rows
    assert [row.document for row in search.claims("rifles").rows] == ["more"]


def test_many_rows_are_counted_no_further_than_needed(fill: Fill, monkeypatch: Any) -> None:
    search = fill(*WORLD).search
    monkeypatch.setattr(planning, "FEW", 1)
    common = search.claims("-kind:offer", limit=2)
    assert (common.total.count, common.total.exact) == (3, False)
    assert search.claims("place:Lagos").total.model_dump() == {"count": 1, "exact": True}
    monkeypatch.setattr(planning, "MOST_COUNTED", 2)
    assert search.claims("").total.model_dump() == {"count": 2, "exact": False}


WRONG: dict[str, tuple[Target, str, dict[str, Any], str]] = {
    "an order of others": (Target.DOCUMENTS, "sort:value", {}, "there are published"),
    "no page": (Target.DEALS, "", {"after": "nonsense"}, "beginning of no page"),
    "no ASCII": (Target.DEALS, "", {"after": "é"}, "beginning of no page"),
    "no pair": (Target.DEALS, "", {"after": "MQ"}, "beginning of no page"),
    "another order": (Target.DEALS, "", {"after": "WyIyMDE5IiwgImQxIl0"}, "of this order"),
    "a number too large": (Target.CLAIMS, "", {"after": "WzEsIDFlNDAwXQ"}, "beginning of no page"),
    "no rows": (Target.CLAIMS, "", {"limit": 0}, "1 to 1000"),
}


def test_what_cannot_be_answered_is_refused(search: Search) -> None:
    for target, query, options, told in WRONG.values():
        with pytest.raises(UsageError, match=told):
            getattr(search, target.value)(query, **options)


HOSTILE = st.text(
    st.one_of(st.sampled_from("\"'*^-+(){}:&|!<>\\%_;,.\u0301éßİ\ue000 ANDORTNEarif123"), st.characters(codec="utf-8"))
).filter(lambda text: "\x00" not in text and any(c.isalnum() for c in text))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.builds(Words, HOSTILE, st.booleans(), st.booleans()), min_size=1, max_size=4))
def test_words_are_data(search: Search, words: list[Words]) -> None:
    """Whatever is searched for: no error, and what is found holds it, term by term."""
    found = {row.document for row in search.documents(Query(words=tuple(words))).rows}
    assert found == {one.id for one in WORLD if all(_holds(one, w) is not w.negated for w in words)}


def _holds(document: Document, words: Words) -> bool:
    phrase, text = asked(words), indexed(document.title or "", document.text)
    for start in range(len(text) - len(phrase) + 1):
        stretch = text[start : start + len(phrase)]
        ends = stretch[-1].startswith(phrase[-1]) if words.beginning else stretch[-1] == phrase[-1]
        if tuple(stretch[:-1]) == phrase[:-1] and ends:
            return True
    return False


def _ids(search: Search) -> list[str]:
    return [row.row.id for row in search.deals("").rows]

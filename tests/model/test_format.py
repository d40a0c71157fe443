"""The claim format: what is written is read back, the schema is the types', and every error names its field."""

from __future__ import annotations

import datetime as dt
import importlib.resources
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthearms.errors import FormatError, SpanError
from followthearms.model import Bound, Claim, Document, Kind, Modality
from followthearms.model.format import SCHEMA, SCHEMA_FILE, dump_line, json_schema, load_line, schema_text

LETTERS = st.characters() | st.sampled_from('\ud83d\u2028\u0085\n"\\€𝔸')
TEXTS = st.text(LETTERS, min_size=1, max_size=60).filter(lambda t: not re.search("[\ud800-\udbff][\udc00-\udfff]", t))
CODES = st.sampled_from(["RU", "PK", "EU", "UNKNOWN", None])
NUMBERS = st.integers(-(10**15), 10**15) | st.floats(allow_nan=False, allow_infinity=False)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS, lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner)
)
NAMES = st.text("abcdefgh_é", min_size=1).map(lambda name: f"x_{name}")


def spans(text: str, **values: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Spans of the text that stand where they say, with other values beside."""
    stretch = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(lambda se: se[0] < se[1])
    quotes = stretch.map(lambda se: {"start": se[0], "end": se[1], "text": text[se[0] : se[1]]})
    return st.builds(lambda quote, rest: {**quote, **rest}, quotes, st.fixed_dictionaries({}, optional=values))


def claims(text: str) -> st.SearchStrategy[dict[str, Any]]:
    parties = st.lists(spans(text, code=CODES, inherited=st.booleans()), max_size=2)
    bounds = st.sampled_from([b.value for b in Bound])
    quantities = spans(text).flatmap(lambda q: NUMBERS.map(lambda n: {**q, "number": n}))
    money = spans(text, currency=st.just("USD"), bound=bounds).flatmap(
        lambda m: NUMBERS.map(lambda n: {**m, "amount": n})
    )
    days = st.dates().map(str) | st.none()
    return st.fixed_dictionaries(
        {
            "kind": st.lists(st.sampled_from([k.value for k in Kind]), min_size=1, max_size=2),
            "evidence": spans(text).map(lambda s: {"start": s["start"], "end": s["end"]}),
            "trigger": spans(text),
        },
        optional={
            "supplier": parties,
            "parties": parties,
            "company": st.lists(spans(text), max_size=2),
            "equipment": st.lists(spans(text, designation=st.just("AK-203"), quantity=quantities), max_size=2),
            "value": money,
            "date": spans(text, **{"from": days, "to": days}),
            "place": spans(text),
            "modality": st.sampled_from([m.value for m in Modality]),
            "negated": st.booleans(),
            "method": st.just({"by": "frame", "rule": "refuse/active", "score": 0.5}),
        },
    )


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    text = draw(TEXTS)
    fields = {"text": text, "claims": draw(st.lists(claims(text), max_size=3))}
    known = {
        "id": TEXTS,
        "title": TEXTS,
        "authors": st.lists(TEXTS, min_size=1),
        "date": st.dates().map(str) | st.none(),
        "licence": TEXTS,
        "retrieved": st.datetimes(timezones=st.just(dt.UTC)).map(dt.datetime.isoformat),
        "raw_hash": st.text("0123456789abcdef", min_size=64, max_size=64),
        "mended": st.just(
            [{"start": 0, "end": len(text), "raw": "x"}, {"start": len(text), "end": len(text), "raw": "y"}]
        ),
    }
    return {
        **draw(st.dictionaries(NAMES, JSON, max_size=3)),
        **draw(st.fixed_dictionaries({}, optional=known)),
        **fields,
    }


@given(documents())
def test_what_is_written_is_read_back(fields: dict[str, Any]) -> None:
    document = load_line(json.dumps(fields), "a line")
    line = dump_line(document)
    assert "\n" not in line
    again = load_line(line.encode().decode(), "its copy")
    assert again == document
    assert dump_line(again) == line
    for name in fields.keys() - {"claims", "text", "date"}:
        assert json.loads(line)[name] == fields[name]


@given(documents())
def test_the_order_of_the_fields_that_came_in_does_not_show(fields: dict[str, Any]) -> None:
    turned = dict(reversed(fields.items()))
    assert dump_line(load_line(json.dumps(fields), "a")) == dump_line(load_line(json.dumps(turned), "b"))


@given(documents())
def test_the_schema_takes_what_the_types_take_and_what_is_written(fields: dict[str, Any]) -> None:
    validator = jsonschema.Draft202012Validator(json_schema())
    validator.validate(fields)
    validator.validate(json.loads(dump_line(load_line(json.dumps(fields), "a line"))))


@given(
    TEXTS, st.integers(0, 70), st.integers(0, 70), TEXTS, st.sampled_from(["trigger", "supplier", "place", "quantity"])
)
def test_a_quote_that_is_not_at_its_offsets_never_enters_a_document(
    text: str, start: int, end: int, quote: str, slot: str
) -> None:
    span = {"start": start, "end": end, "text": quote}
    whole = {"start": 0, "end": len(text), "text": text}
    claim: dict[str, Any] = {"kind": ["supply"], "evidence": {"start": 0, "end": len(text)}, "trigger": whole}
    if slot == "quantity":
        claim["equipment"] = [{**whole, "quantity": {**span, "number": 3}}]
    else:
        claim[slot] = [span] if slot == "supplier" else span
    stands = start < end and end <= len(text) and text[start:end] == quote
    if stands:
        Document.model_validate({"text": text, "claims": [claim]})
    else:
        with pytest.raises(ValueError, match=r"code points|after it starts|the text has"):
            Document.model_validate({"text": text, "claims": [claim]})
        with pytest.raises(SpanError):
            load_line(json.dumps({"text": text, "claims": [claim]}), "a line")


def test_evidence_beyond_the_end_of_the_text_is_refused() -> None:
    claim = Claim.model_validate(CLAIM | {"evidence": {"start": 0, "end": 99}})
    with pytest.raises(ValueError, match="ends at 23"):
        Document(text=TEXT, claims=(claim,))


TEXT = "Oslo sold Riga 12 guns."
CLAIM: dict[str, Any] = {
    "kind": ["supply"],
    "evidence": {"start": 0, "end": 23},
    "trigger": {"start": 5, "end": 9, "text": "sold"},
}


@pytest.mark.parametrize(
    ("change", "field", "problem"),
    [
        ({"kind": ["gift"]}, "claims[0].kind[0]", "is 'gift', but must be one of 'interest'"),
        ({"kind": []}, "claims[0].kind", "must not be empty"),
        ({"suplier": []}, "claims[0].suplier", "is not a field of the claim format"),
        ({"supplier": {}}, "claims[0].supplier", "must be a list"),
        ({"supplier": ["NO"]}, "claims[0].supplier[0]", "must be an object"),
        ({"trigger": {"start": -5, "end": 9, "text": "sold"}}, "claims[0].trigger.start", "must be 0 or more"),
        ({"trigger": {"start": 5, "text": "sold"}}, "claims[0].trigger.end", "is missing"),
        ({"value": {"start": 15, "end": 17, "text": "12", "amount": "many"}}, "claims[0].value.amount", "a number"),
        ({"date": {"start": 15, "end": 17, "text": "12", "from": "May"}}, "claims[0].date.from", "must be a day"),
        ({"date": {"start": 15, "end": 17, "text": "12", "first": None}}, "claims[0].date.first", "is not a field"),
        ({"negated": "perhaps"}, "claims[0].negated", "must be true or false"),
    ],
)
def test_an_error_names_the_line_and_the_field_in_plain_words(change: dict[str, Any], field: str, problem: str) -> None:
    line = json.dumps({"text": TEXT, "claims": [CLAIM | change]})
    with pytest.raises(FormatError) as caught:
        load_line(line, "deals.jsonl, line 7")
    assert str(caught.value).startswith(f"deals.jsonl, line 7: {field}: ")
    assert problem in str(caught.value)
    assert "pydantic" not in str(caught.value)
    assert not jsonschema.Draft202012Validator(
        json_schema(), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    ).is_valid(json.loads(line))


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("authors", "A. Writer", "authors: must be a list"),
        ("retrieved", "2026-01-02T12:00:00", "retrieved: must be a time with its zone"),
        ("raw_hash", "ABC", "raw_hash: must be 64 hexadecimal digits"),
        ("mended", [{"start": 3, "end": 2, "raw": "-"}], "must not end before it starts"),
        ("mended", [{"start": 3, "end": 99, "raw": "-"}], "3..99 overlaps"),
    ],
)
def test_what_is_told_of_the_copy_is_checked(field: str, value: Any, problem: str) -> None:
    with pytest.raises(FormatError) as caught:
        load_line(json.dumps({"text": TEXT, field: value}), "x, line 1")
    assert problem in str(caught.value)


def test_a_time_is_told_in_utc_and_the_original_comes_back() -> None:
    line = {"text": TEXT, "retrieved": "2026-01-02T12:00:00+02:00", "mended": [{"start": 2, "end": 2, "raw": "\u00ad"}]}
    document = load_line(json.dumps(line), "x, line 1")
    assert document.retrieved == dt.datetime(2026, 1, 2, 10, tzinfo=dt.UTC)
    assert document.original == "Os\u00adlo sold Riga 12 guns."


def test_a_span_error_names_the_slot_and_both_wordings() -> None:
    claim = CLAIM | {"place": {"start": 10, "end": 14, "text": "Oslo"}}
    with pytest.raises(
        SpanError, match=r"^x, line 2: claims\[1\]\.place: the text has 'Riga' at 10\.\.14, not 'Oslo'; "
    ):
        load_line(json.dumps({"text": TEXT, "claims": [CLAIM, claim]}), "x, line 2")


@pytest.mark.parametrize(
    "line",
    ["", "Oslo sold guns", "[]", '"text"', '{"text": NaN}', '{"text": "a", "n": 1e999}', "[" * 100_000, '{"text": "a"'],
)
def test_a_line_that_is_no_json_object_is_a_format_error(line: str) -> None:
    with pytest.raises(FormatError, match=r"^f, line 1: .*each line must hold one JSON object$"):
        load_line(line, "f, line 1")


def test_half_a_surrogate_survives_and_a_split_pair_is_refused() -> None:
    line = r'{"text": "gun \ud83d sold", "claims": []}'
    document = load_line(line, "a")
    assert document.text == "gun \ud83d sold"
    assert r"\ud83d" in dump_line(document)
    with pytest.raises(FormatError, match="surrogate pair"):
        dump_line(Document(text="gun \ud83d\ude00 sold"))


def test_one_kind_may_stand_alone() -> None:
    line = json.dumps({"text": TEXT, "claims": [CLAIM | {"kind": "supply"}]})
    assert load_line(line, "a").claims[0].kind == (Kind.SUPPLY,)


def test_a_line_moves_no_terminal_and_ends_once() -> None:
    text = "Norway\x7f\x85\x9b2J \u2028\u2029\u202e\u2066 delivered \ud83d howitzers."
    written = dump_line(Document(text=text))
    assert load_line(written, "its copy").text == text
    assert written.isascii() and written.isprintable()


def test_the_published_schema_is_the_types() -> None:
    published = (importlib.resources.files("followthearms") / SCHEMA_FILE).read_text("utf-8")
    assert published == schema_text(), f"python -m followthearms.model.format > src/followthearms/{SCHEMA_FILE}"
    jsonschema.Draft202012Validator.check_schema(json.loads(published))


@pytest.mark.parametrize("part", ["train", "dev", "seeds", "unlabelled"])
def test_every_line_of_the_corpus_round_trips(corpus: Path, part: str) -> None:
    lines = (corpus / f"{part}.jsonl").read_text("utf-8").split("\n")
    validator = jsonschema.Draft202012Validator(json_schema())
    for number, line in enumerate(filter(None, lines), 1):
        document = load_line(line, f"{part}.jsonl, line {number}")
        written = dump_line(document)
        assert load_line(written, "its copy") == document
        assert _said(json.loads(written)) == _said({"schema": SCHEMA} | json.loads(line))
        if number % 10 == 1:  # the validator is slow, and the lines are alike
            validator.validate(json.loads(line))


def _said(fields: dict[str, Any]) -> dict[str, Any]:
    """What the line says: null and absent are the same, and ids that were made up here do not count."""

    def clean(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: clean(v) for k, v in value.items() if v is not None}
        return [clean(v) for v in value] if isinstance(value, list) else value

    claims = [{k: v for k, v in claim.items() if k != "id"} for claim in fields.get("claims", [])]
    return {**clean(fields), "claims": clean(claims)}


def test_what_is_written_names_its_version_first() -> None:
    line = dump_line(Document(text=TEXT))
    assert line.startswith(f'{{"schema": "{SCHEMA}", "id": ')
    assert "schema" not in (load_line(line, "a line").model_extra or {})
    brought = Document.model_validate({"text": TEXT, "schema": "claims/9"})
    assert dump_line(brought) == line


@pytest.mark.parametrize("schema", ["claims/2", "claims/10", "claims/999999999"])
def test_a_line_of_a_newer_version_is_refused(schema: str) -> None:
    with pytest.raises(FormatError, match=rf"^a line: is in {schema}, which is newer than {SCHEMA}.*pip install -U"):
        load_line(json.dumps({"schema": schema, "text": TEXT, "new": [1]}), "a line")


@pytest.mark.parametrize(
    "schema", ["claims/0", "claims/01", "claims/", "claims", "log/1", "", 1, None, {}, "claims/1\n"]
)
def test_a_version_that_is_none_is_refused(schema: Any) -> None:
    with pytest.raises(FormatError, match=r"schema: is .*but must be 'claims/1'"):
        load_line(json.dumps({"schema": schema, "text": TEXT}), "a line")

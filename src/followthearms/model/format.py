"""The claim format: one JSON object a document, one line each, and the types of the model are its only definition.

Invariant: what `dump_line` writes, `load_line` reads back as an equal document, and equal documents make equal bytes.
The published JSON Schema is derived from the types: `python -m followthearms.model.format` prints it.
"""

from __future__ import annotations

import json
import math
import re
import reprlib
import sys
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from followthearms.errors import FormatError, SpanError
from followthearms.model.claims import Claim
from followthearms.model.documents import Document

SCHEMA_FILE = "data/schema/claim-format.schema.json"
"""Where the published schema lies, inside the package."""

VERSION = 1
"""The version of the format. It grows when an older program could misread what is written."""

SCHEMA = f"claims/{VERSION}"
"""What the field `schema` of each written line says; a line without it is taken to be of this version or older."""

_LONGEST_PROBLEM = 400
_ESCAPED = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What would move a terminal's cursor, turn a line round, or end a line for some readers; and lone surrogates."""

_SPLIT_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_UNION_BRANCHES = frozenset({"int", "float"})
_PLAIN_WORDS: Sequence[tuple[str, str]] = (  # by the beginning of pydantic's name for the error
    ("missing", "is missing"),
    ("extra_forbidden", "is not a field of the claim format"),
    ("string_pattern", "must be 64 hexadecimal digits"),
    ("string", "must be text"),
    ("int", "must be a whole number"),
    ("float", "must be a number"),
    ("finite", "must be a finite number"),
    ("greater_than_equal", "must be 0 or more"),
    ("bool", "must be true or false"),
    ("datetime", "must be a time with its zone, such as 2019-03-04T12:00:00Z"),
    ("timezone", "must be a time with its zone, such as 2019-03-04T12:00:00Z"),
    ("date", "must be a day such as 2019-03-04"),
    ("tuple", "must be a list"),
    ("too_short", "must not be empty"),
    ("model", "must be an object"),
)


def load_line(line: str, where: str, *, set_aside: bool = False) -> Document:
    """The document that one line holds. `where` names the line in errors ("corpus.jsonl, line 12"). With `set_aside`,
    claims whose quotes are not at their offsets are no error: they become the document's `unlocated`.

    Raises `FormatError` if the line is no JSON, breaks the format or is of a newer version of it, `SpanError` if a
    quote is not at its offsets.
    """
    fields = _parse(line, where)
    _check_version(fields.pop("schema", SCHEMA), where)
    try:
        return Document.model_validate(fields, by_alias=True, by_name=False)
    except ValidationError as error:
        if set_aside and (located := _located(fields)) != fields:
            return load_line(json.dumps(located), where)
        _explain(error, where)


def dump_line(document: Document) -> str:
    """The document as one line of JSON, without the line feed.

    The version of the format comes first, then known fields in the model's order, then unknown ones by name, then text
    and claims. What is not known is left out; flags are always written. Control characters, changes of direction
    and lone surrogates are written as escapes: the line moves no terminal, and encodes as UTF-8.
    Raises `FormatError` for a text that JSON cannot carry.
    """
    extra = dict(document.model_extra or {})
    known = document.model_dump(exclude={"text", "claims", *extra}, exclude_none=True)
    fields = {name: value for name, value in known.items() if value != ()}
    extra.pop("schema", None)  # what is written is of this version, whatever it came from
    if document.date:
        fields["date"] = document.date.isoformat()
    if document.retrieved:
        fields["retrieved"] = document.retrieved.isoformat()
    fields |= {name: extra[name] for name in sorted(extra)}
    fields |= {"text": document.text, "claims": [_claim_fields(claim) for claim in document.claims]}
    line = json.dumps({"schema": SCHEMA} | fields, ensure_ascii=False, allow_nan=False)
    if _SPLIT_PAIR.search(line):
        raise FormatError(
            f"document {document.id}",
            "a surrogate pair stands in it as two characters, which JSON cannot tell from one",
            "decode its text as UTF-16 before reading it",
        )
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", line)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one line."""
    schema = Document.model_json_schema(by_alias=True)
    schema |= {
        "title": "The claim format of Follow the Arms",
        "description": "One document and its claims. Offsets are code points into `text`, half-open; "
        "the words of every span stand in the text at its offsets.",
    }
    version = {"type": "string", "const": SCHEMA, "title": "Schema", "description": "The version of this format"}
    schema["properties"] = {"schema": version, **schema["properties"]}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def schema_text() -> str:
    """The published schema file, to the byte."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def _located(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of a document, with those claims apart whose quotes are not at their offsets."""
    text, claims, before = fields.get("text"), fields.get("claims"), fields.get("unlocated", [])
    if not isinstance(text, str) or not isinstance(claims, list) or not isinstance(before, list):
        return fields
    problems = [_misplaced(text, claim) for claim in claims]
    apart = [{"claim": c, "problem": p} for c, p in zip(claims, problems, strict=True) if p]
    if not apart:
        return fields
    kept = [claim for claim, problem in zip(claims, problems, strict=True) if not problem]
    return fields | {"claims": kept, "unlocated": [*before, *apart]}


def _misplaced(text: str, claim: Any) -> str:
    """What is wrong with where the words of a claim stand; empty if nothing is, or if anything else is as well."""
    try:
        Document.model_validate({"text": text, "claims": [claim]}, by_alias=True, by_name=False)
    except ValidationError as error:
        found = error.errors(include_url=False)
        if all(one["type"] == "value_error" for one in found):  # the model's own checks: of spans alone
            told = f"{_field(found[0]['loc'])}: {_plainly(found[0])}"
            return told.removeprefix(": ").removeprefix("claims[0].")
    return ""


def _claim_fields(claim: Claim) -> dict[str, Any]:
    fields = claim.model_dump(by_alias=True, exclude_none=True)
    return {slot: value for slot, value in fields.items() if value != ()}


def _check_version(schema: Any, where: str) -> None:
    """Raise `FormatError` unless this program knows the version of the format."""
    found = re.fullmatch(r"claims/([1-9]\d{0,8})", schema) if isinstance(schema, str) else None
    if found is None:
        raise FormatError(where, f"schema: is {reprlib.repr(schema)}, but must be {SCHEMA!r}", f"see {SCHEMA_FILE}")
    if int(found[1]) > VERSION:
        problem = f"is in {schema}, which is newer than {SCHEMA}, the newest that this version reads"
        raise FormatError(where, problem, "upgrade with `pip install -U followthearms`")


def _parse(line: str, where: str) -> dict[str, Any]:
    try:
        fields = json.loads(line, parse_float=_finite, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise FormatError(where, f"no JSON ({_why_no_json(error)})", "each line must hold one JSON object") from error
    if not isinstance(fields, dict):
        raise FormatError(where, f"holds {reprlib.repr(fields)}", "each line must hold one JSON object")
    return fields


def _why_no_json(error: ValueError | RecursionError) -> str:
    """The reason, with the place in the line; the parser would count lines from the line itself."""
    if isinstance(error, RecursionError):
        return "nested too deeply"
    return f"{error.msg} at character {error.pos}" if isinstance(error, json.JSONDecodeError) else str(error)


def _finite(digits: str) -> float:
    number = float(digits)
    return number if math.isfinite(number) else _no_number(digits)


def _no_number(word: str) -> NoReturn:
    raise ValueError(f"{word} is no number of JSON")


def _explain(error: ValidationError, where: str) -> NoReturn:
    """Raise the first thing that is wrong, in plain words, with the field it is in."""
    first, *others = error.errors(include_url=False)
    problem = f"{_field(first['loc'])}: {_plainly(first)}".removeprefix(": ")
    if len(problem) > _LONGEST_PROBLEM:
        problem = problem[:_LONGEST_PROBLEM] + "…"
    if others:
        problem += f" (and {len(others)} more)"
    if first["type"] == "value_error":  # the model's own checks, and all of them are about spans
        raise SpanError(where, problem, "offsets count code points from 0, and `end` is one past the last") from error
    raise FormatError(where, problem, f"see {SCHEMA_FILE}") from error


def _plainly(detail: ErrorDetails) -> str:
    context: Mapping[str, Any] = detail.get("ctx", {})
    if detail["type"] == "value_error":
        return str(context["error"])
    if detail["type"] == "enum":
        return f"is {reprlib.repr(detail['input'])}, but must be one of {context['expected']}"
    if _UNION_BRANCHES.intersection(detail["loc"][-1:]):
        return "must be a number"
    for beginning, words in _PLAIN_WORDS:
        if detail["type"].startswith(beginning):
            return words
    return detail["msg"]


def _field(place: Sequence[int | str]) -> str:
    """`("claims", 3, "supplier", 0, "code")` as `claims[3].supplier[0].code`."""
    parts = (f"[{p}]" if isinstance(p, int) else f".{p}" for p in place if p not in _UNION_BRANCHES)
    return "".join(parts).removeprefix(".")


if __name__ == "__main__":
    sys.stdout.write(schema_text())

"""The frame engine on its own: paths, relations, multi-word triggers; no word about arms."""

from __future__ import annotations

import pytest

from followthearms.errors import KnowledgeError
from followthearms.extract.text.parse import LONGEST, parse
from followthearms.model import Extent
from followthearms.rules.frames import Frame
from followthearms.rules.markup import read_marked
from followthearms.rules.matcher import Matcher, Reach, RoleType, Scene, Tag
from followthearms.rules.paths import read_path
from followthearms.rules.relations import Relations
from followthearms.rules.tree import Sentence


def sentence(text: str) -> Sentence:
    (only,) = parse(text, [Extent(start=0, end=len(text))])
    return only


def index(tree: Sentence, word: str) -> int:
    return next(t.i for t in tree.tokens if t.text == word)


@pytest.mark.parametrize(
    ("text", "verb", "relation", "word"),
    [
        ("Anna sold the house.", "sold", "subject", "Anna"),
        ("The house was sold by Anna.", "sold", "subject", "Anna"),
        ("The house was sold by Anna.", "sold", "object", "house"),
        ("Anna agreed to sell the house.", "sell", "subject", "Anna"),
        ("Bob asked Anna to sell the house.", "sell", "subject", "Anna"),
        ("Anna washed and sold the car.", "sold", "subject", "Anna"),
        ("Anna, who sold the house, smiled.", "sold", "subject", "Anna"),
        ("The house that Anna sold was old.", "sold", "object", "house"),
        ("Anna gave Bob a book.", "gave", "indirect", "Bob"),
        ("Anna sold the house to Bob.", "sold", "to", "Bob"),
        ("The U.S.-made car stopped.", "made", "mod", "U.S."),
    ],
)
def test_relations_do_not_depend_on_voice(text: str, verb: str, relation: str, word: str) -> None:
    tree = sentence(text)
    assert index(tree, word) in Relations(tree).of(index(tree, verb), relation)


def test_a_path_with_an_unknown_step_is_an_error() -> None:
    with pytest.raises(KnowledgeError, match="sbuject"):
        read_path("sbuject")


def test_an_empty_way_is_an_error() -> None:
    with pytest.raises(KnowledgeError, match="empty"):
        read_path("subject | ")


def test_markup_keeps_offsets() -> None:
    marked = read_marked("<giver Anna> <trigger sold> a <thing house>.")
    assert marked.text == "Anna sold a house."
    assert all(marked.text[m.start : m.end] == m.text for m in marked.marks)


FRAME = Frame.model_validate({
    "frame": "turn_down",
    "kind": "no",
    "summary": "Somebody turns something down.",
    "trigger": {"pos": "VERB", "lemma": ["turn down"]},
    "patterns": {"plain": {"who": "subject", "what": "object", "whom?": "object poss | object from"}},
    "examples": {"plain": ["a", "b"]},
    "rejects": [],
})  # fmt: skip
ROLES = {
    "who": RoleType(frozenset({"name"}), Reach.HEAD),
    "whom": RoleType(frozenset({"name"}), Reach.HEAD),
    "what": RoleType(frozenset(), Reach.HEAD),
}


def match(text: str, names: list[str]) -> list[dict[str, list[str]]]:
    tree = sentence(text)
    tags = [Tag("name", (index(tree, n),), index(tree, n), k) for k, n in enumerate(names)]
    found = Matcher([FRAME], ROLES, {}).matches(Scene(tree, tags))
    return [{role: [names[t.ref] for t in tags] for role, tags in m.roles.items()} for m in found]


def test_a_trigger_of_two_words_may_be_split() -> None:
    assert match("Anna turned Bob's offer down.", ["Anna", "Bob"]) == [{"who": ["Anna"], "what": [], "whom": ["Bob"]}]


def test_a_required_role_that_finds_nothing_fails_the_pattern() -> None:
    assert match("They turned Bob's offer down.", ["Bob"]) == []


def test_attempts_name_the_role_that_failed() -> None:
    tree = sentence("They turned the offer down.")
    (attempt,) = Matcher([FRAME], ROLES, {}).attempts(Scene(tree, []))
    assert attempt.failed is not None and attempt.failed.name == "who"


def test_a_reach_of_head_finds_the_name_in_a_phrase() -> None:
    assert match("The sister of Anna turned the offer down.", ["Anna"]) == [{"who": ["Anna"], "what": []}]


def test_the_tokens_of_a_stretch_are_those_that_touch_it_or_stand_in_it() -> None:
    tree = sentence("Anna gave Bob, who smiled, a book.")
    for start in range(36):
        for end in range(start + 1, 36):
            assert tree.at(start, end) == [t.i for t in tree.tokens if t.start < end and start < t.end]
            assert list(tree.within(start, end)) == [t for t in tree.tokens if start <= t.start and t.end <= end]


def test_a_sentence_without_end_is_cut() -> None:
    text = "Anna sold the house and " * 200
    found = parse(text, [Extent(start=0, end=len(text))])
    assert max(len(s.tokens) for s in found) == LONGEST
    assert sum(len(s.tokens) for s in found) == 5 * 200
    for part in found:
        assert all(part.tokens[list(part.up(t.i))[-1]].dep for t in part.tokens)  # heads lead to a root of its own

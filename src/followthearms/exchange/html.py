"""One self-contained page: deals, their timelines and contradictions, and every article with its words marked.

Invariant: the page loads nothing and runs nothing (its policy forbids both, and allows its own style by its hash);
texts enter it only through autoescape, and anchors are made of numbers and of the names of slots alone.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import importlib.resources
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import jinja2
from markupsafe import Markup

from followthearms.exchange import words
from followthearms.exchange.cells import SLOTS, Cell, cells
from followthearms.exchange.judging import Judged, Judgements
from followthearms.exchange.marks import EVIDENCE, Close, Open, Piece, Words, anchor, layers
from followthearms.exchange.ranking import contradictions, grouped, ranked
from followthearms.model import Claim, Document
from followthearms.model.deals import Deal, Ref

FOLDER = "data/report"
_UNJUDGED = Judgements()


@dataclass(frozen=True, slots=True)
class Article:
    """A document in the page. `number` counts from 1 and is all that its anchors say of it."""

    number: int
    document: Document
    prefix: str
    judged: Judgements = _UNJUDGED

    @property
    def anchor(self) -> str:
        """The name of the article in the page."""
        return f"{self.prefix}a{self.number}"

    def claim(self, number: int) -> str:
        """The name of its claim `number`, counted from 1."""
        return f"{self.anchor}-c{number}"

    def at(self, slot: str, start: int, end: int) -> str:
        """The name of the words that fill a slot."""
        return f"{self.anchor}-{anchor(slot, start, end)}"

    def evidence(self, claim: Claim) -> str:
        """The name of the words that carry a claim."""
        return self.at(EVIDENCE, claim.evidence.start, claim.evidence.end)

    def pieces(self) -> list[Piece]:
        """Its text in layers."""
        return list(layers(self.document.text, self.document.claims))

    def judgement(self, claim: Claim) -> Judged | None:
        """How one of its claims stands, if that is known."""
        return self.judged.claims.get(Ref(document=self.document.id, claim=claim.id))

    def cells(self, claim: Claim) -> list[Cell]:
        """The filled cells of one of its claims."""
        return list(cells(claim))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reference of a deal stands in the page."""

    article: Article
    claim: Claim
    number: int

    @property
    def href(self) -> str:
        """Link to the words."""
        return f"#{self.article.evidence(self.claim)}"

    @property
    def quote(self) -> str:
        """The evidence."""
        return self.article.document.words(self.claim.evidence)


class Places:
    """Finds what the references of deals point at; a reference to a document that is not in the page has no place."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._at = {
            Ref(document=a.document.id, claim=claim.id): Place(a, claim, number)
            for a in articles
            for number, claim in enumerate(a.document.claims, start=1)
        }

    def of(self, refs: Iterable[Ref]) -> list[Place]:
        """The places of some references, in their order, each once."""
        return [self._at[ref] for ref in dict.fromkeys(refs) if ref in self._at]


def report(
    documents: Sequence[Document],
    deals: Sequence[Deal] = (),
    *,
    title: str = "Follow the Arms",
    judged: Judgements = _UNJUDGED,
) -> str:
    """The page, as text that can be encoded in UTF-8. Without deals it shows the articles with their claims; `judged`
    says how these stand and who decided so."""
    articles = [Article(n, document, "", judged) for n, document in enumerate(documents, start=1)]
    style = _style()
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        _templates()
        .get_template("page.html")
        .render(
            title=title,
            style=Markup(style),
            policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
            articles=articles,
            deals=ranked(deals),
            groups=grouped(deals),
            numbers={deal.id: n for n, deal in enumerate(ranked(deals), start=1)},
            places=Places(articles),
            claims=sum(len(d.claims) for d in documents),
            contradictions=contradictions(ranked(deals)),
            rulings=judged.rulings,
        )
    )


def fragment(documents: Sequence[Document]) -> str:
    """The articles with their claims, for a page that is not ours (a notebook)."""
    key = hashlib.sha256("".join(d.id + d.text_hash for d in documents).encode("utf-8", "surrogatepass")).hexdigest()
    articles = [Article(n, document, f"f{key[:8]}-") for n, document in enumerate(documents, start=1)]
    return _templates().get_template("fragment.html").render(style=Markup(_style()), articles=articles)


def _style() -> str:
    return (importlib.resources.files("followthearms") / FOLDER / "report.css").read_text("utf-8")


@functools.cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("followthearms", FOLDER),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=shown,
    )
    equip(environment)
    return environment


def equip(environment: jinja2.Environment) -> None:
    """Give templates the words for cells, the slots, and the tests by which the pieces of a marked text are told."""
    environment.globals.update(words=words, slots=SLOTS)
    environment.tests.update(
        open=lambda piece: isinstance(piece, Open),
        words=lambda piece: isinstance(piece, Words),
        close=lambda piece: isinstance(piece, Close),
    )


def shown(value: object) -> object:
    """A value as a template puts it out: what cannot be seen in a text is made visible."""
    return words.visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value

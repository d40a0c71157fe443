"""What was decided is told with who did and when, as long as it holds."""

from __future__ import annotations

import datetime as dt

from followthearms.exchange.html import report
from followthearms.exchange.judging import judgements
from followthearms.link.rulings.decided import decided
from followthearms.model import Decision, Document, Ref
from followthearms.model.deals import Deal
from followthearms.model.decisions import Accept, Correct, Resolve, Ruling, Slot, Target, Undo, Verdict
from followthearms.model.decisions.targets import Disagreement

NOON = dt.datetime(2026, 5, 12, 12, tzinfo=dt.UTC)


def made(ruling: Ruling, minutes: int = 0) -> Decision:
    return Decision(who="Ann", when=NOON + dt.timedelta(minutes=minutes), why="seen", ruling=ruling)


def test_a_claim_is_told_how_it_stands_and_who_decided_so(article: Document) -> None:
    first, second = article.claims
    target = Target.of(article.id, first)
    log = [made(Accept(claim=target)), made(Correct(claim=target, slot=Slot.PLACE, value=None), 1)]
    found = judgements([decided(article, log)], log).claims
    judged = found[Ref(document=article.id, claim=first.id)]
    assert judged.standing == "corrected: place"
    assert judged.decisions[0] == f"Ann, 12 May 2026, accept {log[0].id}: seen"
    assert found[Ref(document=article.id, claim=second.id)].standing == "not decided on"
    undone = [*log, made(Undo(decision=log[1].id), 2)]
    assert judgements([decided(article, undone)], undone).claims[
        Ref(document=article.id, claim=first.id)
    ].decisions == (judged.decisions[0],)


def test_a_contradiction_is_shown_with_its_ruling(article: Document, deal: Deal) -> None:
    told = deal.contradictions[0]
    target = Target.of(article.id, article.claims[0])
    on = Disagreement(id=told.id, deal=target, topic=told.topic, left=told.left.value, right=told.right.value)
    ruling = made(Resolve(contradiction=on, verdict=Verdict.LEFT))
    ruled = deal.model_copy(update={"contradictions": (told.model_copy(update={"ruling": ruling.id}),)})
    judged = judgements([decided(article, [ruling])], [ruling])
    assert f"Ann, 12 May 2026, resolve {ruling.id}: seen" in report([article], [ruled], judged=judged)
    assert "Ann" not in report([article], [ruled])

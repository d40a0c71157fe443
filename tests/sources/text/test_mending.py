"""Text that was decoded wrongly is mended, what may be meant stays, and the original always comes back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from followthearms.model import Document
from followthearms.model.mending import restore
from followthearms.sources.text.mending import mend

ODD = st.characters(codec="utf-8") | st.sampled_from("\u00ad\u200b\ufeffâ€™Ã©Â\u0080\u0092\u0099ðŸ‚É™ÐŸ\xa0")


@given(st.text(ODD, max_size=60))
def test_the_original_comes_back(text: str) -> None:
    mended, mends = mend(text)
    assert restore(mended, mends) == text
    assert Document(text=mended, mended=mends).original == text


@given(st.text(st.characters(codec="utf-8"), max_size=40).map(lambda text: text.encode().decode("latin-1")))
def test_what_was_decoded_wrongly_comes_back_too(text: str) -> None:
    assert restore(*mend(text)) == text


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("how\u00aditzers", "howitzers"),
        ("AK\u200b-\u200e203\ufeff", "AK-203"),
        ("the minister\u0092s \u0093guns\u0094", "the minister’s “guns”"),
        ("â€œgunsâ€\u009d â€“ 30 â‚¬", "“guns” – 30 €"),
        ("donâ\u0080\u0099t", "don’t"),
        ("ErdoÄŸan, MiloÅ¡eviÄ‡, SÃ£o Paulo", "Erdoğan, Milošević, São Paulo"),
        ("30Â°C, Â£5", "30°C, £5"),
        ("cafÃƒÂ©", "café"),
        ("ÐœÐ¸Ð³ MiG", "Миг MiG"),
    ],
)
def test_the_broken_is_mended(broken: str, whole: str) -> None:
    assert mend(broken)[0] == whole


@pytest.mark.parametrize(
    "text",
    [
        "",
        "CAFÉ™ for £5",
        "Élysée, Çelik, Ålesund, Łódź",
        "Â, Ã and â",
        "“It’s” – 30 °C",
        "Миг, Ελλάδα, 東京",
        "À la carte",
    ],
)
def test_what_may_be_meant_stays(text: str) -> None:
    assert mend(text) == (text, ())

"""Equipment in texts. In the examples [square brackets] mark what must be found, and nothing else may be."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from followthearms.extract.mentions.equipment.find import find_equipment
from followthearms.extract.text.parse import parse
from followthearms.model import Equipment, Extent
from followthearms.model.mentions import MentionType


def found(text: str) -> list[Equipment]:
    mentions = find_equipment(text, parse(text, [Extent(start=0, end=len(text))] if text else []))
    assert all(m.type is MentionType.EQUIPMENT for m in mentions)
    return [m.span for m in mentions if isinstance(m.span, Equipment)]


MARKED = {
    "a designation and its noun": "Peru has 24 [AK-203 assault rifles] and two [S-400 air defence missile systems].",
    "bare designations": "Oman took over three [S-400s] and a dozen [Rafales] in May.",
    "letters and figures": "The army received the [MiG-29UPG] and the [AH-64E] last year.",
    "written another way": "Hanoi asked for twelve [Su 30MKI fighters] and the [S400].",
    "a list": "They bought [tanks], [nuclear submarines] and [fighter aircraft] from Moscow.",
    "an unknown proper noun": "Chile will test the [Quillay rocket system] in June.",
    "an unknown class": "The yard launched the first [Zafir-class frigate] on Monday.",
    "an unknown designation": "Greece wants the [QX-9 drone]. It would pay for forty [QX-9s].",
    "a name learnt": "The [Quillay cruise missile] is new. Chile has sold [Quillay] abroad.",
    "a modifier stays": "Turkey delivered [short-range ballistic missiles] and [155mm howitzers].",
    "state and praise stay out": "Egypt wants modern Russian [helicopters] and brand-new US [fighter jets].",
    "in capitals": "THE GUERRILLAS HID A [SURFACE-TO-AIR MISSILE] AND FOUR [ROCKET LAUNCHERS].",
    "American spelling": "It approved [armored vehicles] and an [air defense system].",
    "a modified noun": "Kenya received [military supplies] and [S-400 components].",
    "a context noun": "The [missiles] came on Friday, and two [aircraft] followed.",
    "a common name with its noun": "Britain gave Kyiv [Javelin anti-tank missiles] and more [Javelins].",
    "a hyphen makes a modifier whole": "Berlin sent fifteen [anti-aircraft tanks] and [mine-clearing tanks] to Kyiv.",
    "a variant of a known type": "Doha ordered the [F-15QX] and Oslo the [Leopard 2H].",
    "no variant across a blank": "The [V-150] from Jordan came late, and the [tanks] too.",
    "a tank's two names": "Sweden sends ten [Stridsvagn 122] and [Strv 122 tanks].",
    "repeated in brackets": "India builds the [Light Combat Aircraft] (LCA) in Bengaluru.",
}


@pytest.mark.parametrize("marked", MARKED.values(), ids=MARKED.keys())
def test_what_is_equipment(marked: str) -> None:
    text = re.sub(r"[\[\]]", "", marked)
    assert [e.text for e in found(text)] == re.findall(r"\[(.+?)\]", marked)


@pytest.mark.parametrize(
    "text",
    [
        "A missile attack killed four people.",
        "The missile test failed.",
        "The tank crew left early.",
        "Arms control talks go on in Geneva.",
        "The arms race worries the neighbours.",
        "Gun violence rose again.",
        "Rebel fighters took the town, and wounded fighters fled.",
        "The carrier said that phone calls would cost more.",
        "A blood vessel burst.",
        "A fishing vessel sank with its passenger aircraft tickets aboard.",
        "The defence minister spoke of the defence budget, the defence ministry and the defence industry.",
        "A think tank and a search engine agreed on a fuel tank.",
        "She crossed her arms and gave the project her support.",
        "Mr Hunter lives in Phoenix.",
        "An 18-year-old from An 32 Street was seen.",
    ],
)
def test_what_is_not(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "designation", "category"),
    [
        ("India bought S-400 air defence missile systems.", "S-400", "air defence missile system"),
        ("India bought Rafales.", "Rafale", "fighter aircraft"),
        ("They SEIZED FIVE MIG-29UPG FIGHTER JETS.", "MiG-29UPG", "fighter jet"),
        ("It sells ATGMs.", None, "ATGM"),
        ("It sells armored vehicles.", None, "armored vehicle"),
        ("Chile sells the Quillay rocket system.", "Quillay", "rocket system"),
        ("The yard built a Zafir-class frigate.", "Zafir-class", "frigate"),
        ("Peru got AH-64E Apache attack helicopters.", "AH-64E Apache", "attack helicopter"),
    ],
)
def test_designation_and_category(text: str, designation: str | None, category: str) -> None:
    (item,) = found(text)
    assert (item.designation, item.category) == (designation, category)


ODD = [
    "",
    " ",
    "🚀🚀 missiles 🚀",
    "\u202eצוללת S-400\u202c",
    "tanks\x00\x07 tanks",
    "\ud800 missile \udfff",
    "S-",
    "-class",
    "(((",
    "K9\u0301s",
]


@pytest.mark.parametrize("text", ODD)
def test_odd_input_is_read_without_fail(text: str) -> None:
    for item in found(text):
        assert item.text


_PIECE = st.sampled_from(
    ["S-400", "missile", "tanks", "Kilo-class", "MiG-29s", "system", "Russian", "155mm", "AK", "(LCA)"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_PIECE | st.text(max_size=5), max_size=14), st.sampled_from([" ", "-", "\n", "  "]))
def test_every_mention_quotes_its_text(pieces: list[str], gap: str) -> None:
    text = gap.join(pieces)
    items = found(text)
    assert all(text[e.start : e.end] == e.text for e in items)
    assert all(a.end <= b.start for a, b in itertools.pairwise(items))

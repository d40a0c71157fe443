"""Names stand beside their marks, and never over each other."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from followthearms.web.views.explore.naming import LETTER, LINE, Box, placed_names

FRAME = Box(0, 0, 300, 200)
MARKS = st.lists(
    st.fixed_dictionaries(
        {
            "x": st.floats(0, 300),
            "y": st.floats(0, 200),
            "size": st.floats(10, 460),
            "name": st.text("abc ", min_size=1, max_size=28),
        }
    ),
    max_size=25,
)


def box_of(text: dict[str, Any]) -> Box:
    wide = LETTER * len(text["name"])
    left = text["x"] - {"left": 0.0, "center": wide / 2, "right": wide}[text["align"]]
    return Box(left, text["y"] - LINE / 2, left + wide, text["y"] + LINE / 2)


def overlap(one: Box, other: Box) -> float:
    across = min(one.right, other.right) - max(one.left, other.left)
    return min(across, min(one.bottom, other.bottom) - max(one.top, other.top))


@settings(max_examples=60)
@given(MARKS)
def test_no_name_covers_another_or_leaves_the_picture(marks: list[dict[str, Any]]) -> None:
    placed = placed_names([{**one, "link": str(n)} for n, one in enumerate(marks)], FRAME)
    assert len({one["link"] for one in placed}) == len(placed)
    boxes = [box_of(dict(one)) for one in placed]
    assert all(overlap(one, other) < 1e-6 for one, other in combinations(boxes, 2))
    assert all(min(one.left, one.top, 300 - one.right, 200 - one.bottom) > -1e-6 for one in boxes)


def test_the_first_has_the_choice_and_the_next_another_side() -> None:
    marks = [{"x": 150, "y": 100, "size": 400, "name": "Norway", "link": str(n)} for n in range(6)]
    placed = placed_names(marks, FRAME)
    assert [one["link"] for one in placed] == ["0", "1", "2", "3"]  # and the others have no room
    assert [one["align"] for one in placed] == ["center", "left", "right", "center"]

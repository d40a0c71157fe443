from __future__ import annotations

import pytest

from followthearms.link.names.offices import office


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Defence Minister <Ada Quill> signed.", "defence minister"),
        ("the Indian Prime Minister, Mr <Quill>, spoke", "prime minister"),
        ("<President Quill> spoke", "president"),
        ("<Ada Quill>, the Indian foreign minister, spoke", "foreign minister"),
        ("<Ada Quill>, India's ambassador, spoke", "ambassador"),
        ("<Ada Quill> met the defence minister", None),
        ("the prime minister said that <Quill> came", None),
        ("<Ada Quill>, who met the defence minister, spoke", None),
        ("Colonel <Quill> came", None),
    ],
)
def test_the_office_beside_a_name(text: str, expected: str | None) -> None:
    start, end = text.index("<"), text.index(">") - 1
    assert office(text.replace("<", "").replace(">", ""), start, end) == expected

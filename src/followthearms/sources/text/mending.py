"""What is broken in a text: soft hyphens, invisible marks, characters that were decoded wrongly.

Invariant: `restore(*mend(text)) == text`. Only what cannot be meant is mended; a doubtful case stays as it came.
"""

from __future__ import annotations

import re

from followthearms.model import Mend

_INVISIBLE = "\u00ad\u200b\u200e\u200f\u2060\ufeff"
"""Soft hyphen, zero-width space, marks of direction, word joiner, byte mark: between the letters of "how-itzer"."""
_CONTROLS = "".join(map(chr, range(0x80, 0xA0)))
_WESTERN = {byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0xC0)}
_UNDEFINED = "\ufffd"
_TAIL = "".join({chr(byte) for byte in _WESTERN} | {char for char in _WESTERN.values() if char != _UNDEFINED})
"""What bytes 0x80 to 0xBF look like, decoded as Windows-1252 or as Latin-1."""
_BYTE = {char: byte for byte, char in _WESTERN.items() if char != _UNDEFINED}

_SURE = f"(?:[ÂÃÄÅ][{_TAIL}]|â[{_TAIL}]{{2}}|ðŸ[{_TAIL}]{{2}})"
"""UTF-8 of Latin letters, of punctuation and of emoji: in no language do these characters follow each other."""
_LIKELY = f"(?:[Æ-ß][{_TAIL}]|[à-ï][{_TAIL}]{{2}})"
"""UTF-8 of other scripts; alone, "É™" may be a trade mark."""
_BROKEN = re.compile(
    f"{_SURE}(?:{_SURE}|{_LIKELY})*|{_LIKELY}(?:{_SURE}|{_LIKELY}){{2,}}|[{_CONTROLS}]|[{_INVISIBLE}]+"
)
_TWICE = 3
"""How often a text may have been decoded wrongly, one machine after the other."""


def mend(text: str) -> tuple[str, tuple[Mend, ...]]:
    """The mended text, and the places in it that stand for something else in the original."""
    pieces: list[str] = []
    mends: list[Mend] = []
    at = length = 0
    for found in _BROKEN.finditer(text):
        better = _mended(found[0])
        if better == found[0]:
            continue
        start = length + found.start() - at
        pieces += [text[at : found.start()], better]
        length, at = start + len(better), found.end()
        mends.append(Mend(start=start, end=length, raw=found[0]))
    return "".join([*pieces, text[at:]]), tuple(mends)


def _mended(broken: str) -> str:
    if broken[0] in _INVISIBLE:
        return ""
    if broken in _CONTROLS:
        return _WESTERN[ord(broken)] if _WESTERN[ord(broken)] != _UNDEFINED else broken
    for _ in range(_TWICE):
        try:
            broken = bytes(_BYTE.get(char) or ord(char) for char in broken).decode("utf-8")
        except ValueError:  # not UTF-8, or not a byte: as good as it gets
            break
    return "".join(char for char in broken if char not in _INVISIBLE)

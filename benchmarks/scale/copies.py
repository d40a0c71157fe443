"""Which index of near copies is faster and which finds more: MinHash with bands, or the sketches of `link.stories`.

    python -m benchmarks.scale.copies [--texts 100000]

Made-up articles (`news.py`), and of each hundredth two copies: its words edited one by one, or cut after three fifths
and put under another beginning. Counted are the copies by `link.stories`. Needs rensa, which the package does not use.
Seconds are the processor's.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence

import rensa

from benchmarks.scale.news import article
from followthearms.link.stories import is_copy, shingles, sketch, words

VALUES, ROWS, SHARED = 128, 8, 5
"""A signature's values, those of a band, and the triples of two sketches that are asked for."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=100_000, help="How many.")
    count = parser.parse_args().texts
    draw = random.Random(7)
    texts = [f"{told.title}\n" + "\n".join(told.paragraphs) for told in map(article, range(count))]
    chosen = range(0, count, 100)
    made = {
        "edited": [_edited(texts[n], draw) for n in chosen],
        "cut": [_cut(texts[n], texts[n + 1], draw) for n in chosen],
    }
    wanted = {
        sort: [is_copy(shingles(texts[n]), shingles(copy)) for n, copy in zip(chosen, copies, strict=True)]
        for sort, copies in made.items()
    }
    indexes: dict[str, tuple[Callable[[str], Iterable[Hashable]], int]] = {
        f"rensa, {VALUES // ROWS} bands of {ROWS}": (_bands, 1),
        f"sketches that share {SHARED}": (lambda text: sketch(shingles(text)), SHARED),
    }
    print("| index | texts a second | " + " | ".join(f"{sort}: found" for sort in made) + " |")
    print("|---|---:|" + "---:|" * len(made))
    for name, (keys, least) in indexes.items():
        begun = time.process_time()
        holders: dict[Hashable, list[int]] = defaultdict(list)
        for n, text in enumerate(texts):
            for key in keys(text):
                holders[key].append(n)
        rate = count / (time.process_time() - begun)
        found = []
        for sort, copies in made.items():
            hits = [
                _shared(holders, keys(copy), n) >= least
                for n, copy, is_one in zip(chosen, copies, wanted[sort], strict=True)
                if is_one
            ]
            found.append(f"{sum(hits) / len(hits):.1%} of {len(hits)}")
        print(f"| {name} | {rate:,.0f} | " + " | ".join(found) + " |")
        del holders


def _bands(text: str) -> list[tuple[int, ...]]:
    signature = rensa.RMinHash(num_perm=VALUES, seed=42)
    signature.update(_triples(words(text)))
    values = signature.digest()
    return [(band, *values[band : band + ROWS]) for band in range(0, VALUES, ROWS)]


def _triples(found: Sequence[str]) -> list[str]:
    return [" ".join(found[i : i + 3]) for i in range(len(found) - 2)]


def _shared(holders: dict[Hashable, list[int]], keys: Iterable[Hashable], wanted: int) -> int:
    return Counter(n for key in keys for n in holders.get(key, ()))[wanted]


def _edited(text: str, draw: random.Random) -> str:
    found = text.split()
    return " ".join(word if draw.random() < 0.97 else draw.choice(found) for word in found)


def _cut(text: str, other: str, draw: random.Random) -> str:
    found = text.split()
    return " ".join([*other.split()[: draw.randrange(5, 25)], *found[: len(found) * 3 // 5]])


if __name__ == "__main__":
    main()

"""Read the corpus, print the figures and raise the floors that were surpassed: `python -m benchmarks.ratchet [CORPUS]`.

CORPUS is the folder with dev.jsonl and seeds.jsonl; without it, FTA_CORPUS or `../shared/corpus`.
"""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.corpus import folder
from followthearms.errors import InputError
from followthearms.evaluate import evaluate, measure, raised, read_floors, shortfalls, write_floors
from followthearms.pipeline import read
from followthearms.sources import ReadOptions, read_source

FLOORS = Path(__file__).with_name("floors.json")


def main(corpus: Path) -> int:
    floors = read_floors(FLOORS)
    measured = {}
    for part in floors:
        gold = []
        for document in read_source(corpus / f"{part}.jsonl", ReadOptions(keep_claims=True)):
            if isinstance(document, InputError):
                raise document
            gold.append(document)
        report = evaluate(gold, (read(document.with_claims(())) for document in gold))
        measured[part] = measure(report)
        print(f"{part}\n\n{report}\n")
    fallen = shortfalls(floors, measured)
    for line in fallen:
        print(f"fallen below its floor: {line}")
    higher = raised(floors, measured)
    if higher != floors:
        write_floors(FLOORS, higher)
        print(f"raised the floors in {FLOORS.name}: commit them")
    return 1 if fallen else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if sys.argv[1:] else folder()))

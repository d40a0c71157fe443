"""`fta train`: the tagger's model out of annotated articles."""

from __future__ import annotations

from pathlib import Path

import typer

from followthearms.cli import console
from followthearms.errors import UsageError
from followthearms.pipeline import scan


def train_model(corpus: list[Path], out: Path, texts: list[Path], seed: int, epochs: int | None) -> bool:
    """Train on annotated files and write the model into a folder; true if all input could be read."""
    try:
        from followthearms.train import Epoch, Settings, train
    except ImportError as error:
        raise UsageError(
            f"training needs packages that are not installed ({error.name}): pip install 'followthearms[train]'"
        ) from error

    def tell(epoch: Epoch) -> None:
        typer.echo(f"epoch {epoch.number}: {epoch.seconds:.0f} s, loss of the triggers {epoch.kinds:.2f}", err=True)

    settings = Settings(epochs=epochs) if epochs else Settings()
    report = train(corpus, out, scan=scan, texts=texts, seed=seed, settings=settings, after=tell)
    for problem in report.skipped:
        console.complain(problem)
    typer.echo(
        f"{out}: learnt from {report.claims} claims in {report.documents} documents, {report.size / 1e6:.1f} MB, "
        f"{report.agreement:.1%} of the network's triggers kept in eight bits."
    )
    return not report.skipped

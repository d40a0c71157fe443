"""`fta demo`: the sample articles, read into a register and shown."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from rich.rule import Rule
from rich.text import Text

from followthearms.cli import console, tables
from followthearms.cli.reading.adding import add_all
from followthearms.cli.stored import opened
from followthearms.errors import UsageError
from followthearms.exchange.html import report
from followthearms.exchange.ranking import best_sourced, contradictions, ranked
from followthearms.model.deals import Consistency
from followthearms.register import Register

REGISTER, REPORT = "register.db", "report.html"
SHOWN = 15
"""How many deals and contradictions a first look can take in; the report has all of them."""

_INSTALLED, _CHECKOUT = "data/articles", "examples/articles"
"""Where the articles lie in an installed package, and in the repository."""


def samples() -> Path:
    """The folder of the sample articles. Raises UsageError if it is not there."""
    package = Path(str(resources.files("followthearms")))
    for folder in (package / _INSTALLED, package.parent.parent / _CHECKOUT):
        if folder.is_dir():
            return folder
    raise UsageError("the sample articles are missing; install the package again, or run this in its repository")


def run_demo(folder: Path) -> bool:
    """Read the samples, print deals, one deal in full and contradictions, write the page; true if all could be read."""
    articles = samples()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be made ({error.strerror}); name another with --folder") from error
    out = console.console()
    with Register.open(folder / REGISTER) as register:
        summary = add_all(register, [articles])
        deals, counts = ranked(register.deals()), register.counts()
        documents = {document.id: document for document in register.documents()}
    out.print(
        Text(
            f"{counts.documents} sample articles in {counts.stories} stories: "
            f"{counts.claims} claims, {counts.deals} deals. "
        ),
        Text("Reported, not proven.", "bold"),
    )
    _section("Deals" if len(deals) <= SHOWN else f"Deals: the {SHOWN} best sourced of {len(deals)}")
    out.print(tables.deals_table(deals[:SHOWN]))
    if best := best_sourced(deals):
        _section("The deal with the most sources")
        out.print(tables.deal_in_full(best, documents))
    found = contradictions(deals)
    sharp = [pair for pair in found if pair[1].consistency is Consistency.CONFLICTING]
    _section(f"Contradictions: {len(sharp)} that cannot both be right, {len(found) - len(sharp)} that can")
    out.print(tables.contradictions_list(sharp[:SHOWN], documents))
    page = folder / REPORT
    with opened(str(page)) as file:
        file.write(report(list(documents.values()), deals, title="Follow the Arms: the sample articles"))
    _section("Files")
    out.print(Text(f"{page}  open it in a browser: every cell leads to its words\n{folder / REGISTER}  the register"))
    out.print(Text(f"Next: fta serve --open --register {folder / REGISTER}  explore it in a browser", "dim"))
    out.print(Text(f"      fta show {deals[0].id if deals else 'DEAL'} --register {folder / REGISTER}", "dim"))
    return not summary.faults


def _section(name: str) -> None:
    console.console().print(Text(), Rule(Text(name, "bold"), align="left", style="dim"))

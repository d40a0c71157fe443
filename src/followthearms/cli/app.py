"""The command line as Typer declares it: names, options and help. The work is in the modules beside it.

They are imported by the command that needs them, so that `fta --help` does not wait for a parser.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from followthearms.cli import options
from followthearms.cli.options import CsvTable, ExportFormat, ReadFormat
from followthearms.errors import FollowTheArmsError, InputError


class Unread(typer.Exit):
    """Some input could not be read; the rest was."""

    def __init__(self) -> None:
        super().__init__(code=1)


class Doors(TyperGroup):
    """The group of commands: an error that the package raises on purpose becomes one line and an exit code."""

    def invoke(self, ctx: Any) -> Any:  # a context of Click, which newer Typers bring along under another name
        """Run a command."""
        try:
            return super().invoke(ctx)
        except FollowTheArmsError as error:
            from followthearms.cli.console import complain

            complain(error)
            raise typer.Exit(1 if isinstance(error, InputError) else 2) from error


app = typer.Typer(
    name="fta",
    cls=Doors,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Follow the Arms: an evidence-first register of arms transfers, read out of news articles.\n\n"
    "A claim is what one text says: reported, not proven. Silence is not evidence of no transfer.",
    epilog="Exit codes: 0 all went well; 1 some input could not be read (the rest was); 2 the command could not be "
    "carried out.",
)


def _version(is_wanted: bool) -> None:
    if is_wanted:
        import followthearms

        typer.echo(f"fta {followthearms.__version__}")
        raise typer.Exit


@app.callback()
def _fta(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Hold the options that stand before any command."""


@app.command()
def demo(
    folder: Annotated[str, typer.Option("--folder", metavar="FOLDER", help="Where its files go.")] = "demo",
) -> None:
    """Read the sample articles and show the register.

    Writes demo/register.db and demo/report.html, one self-contained page.

    \b
    Examples:
      fta demo
      fta demo --folder /tmp/first-look
    """
    from pathlib import Path

    from followthearms.cli.demo import run_demo

    if not run_demo(Path(folder)):
        raise Unread


@app.command()
def read(
    paths: options.Paths,
    date: options.Date = None,
    format: Annotated[
        ReadFormat, typer.Option("--format", "-f", metavar="table|jsonl|html", help="How to print.")
    ] = ReadFormat.TABLE,
    encoding: options.Encoding = None,
    keep_claims: options.KeepClaims = False,
    voice: options.Voices = None,
    llm_model: options.LlmModel = None,
    llm_url: options.LlmUrl = None,
) -> None:
    """Read claims out of articles; store nothing.

    With --format jsonl, ids and texts stay as they came.

    \b
    Examples:
      fta read article.txt --date 2019-03-04
      fta read articles/ --format jsonl > claims.jsonl
      fta read page.html --format html > page-with-claims.html
      fta read articles/ --voice frame
      fta read articles/ --llm-model qwen --llm-url http://127.0.0.1:8080/v1
      cat article.txt | fta read -
    """
    from followthearms.cli import reading

    show = {
        ReadFormat.TABLE: reading.print_tables,
        ReadFormat.JSONL: reading.print_lines,
        ReadFormat.HTML: reading.print_page,
    }[format]
    with reading.heard(voice, llm_model, llm_url) as by:
        if not show(paths, reading.read_options(date, encoding, keep_claims), by):
            raise Unread


@app.command()
def add(
    paths: options.Paths,
    register: options.RegisterFile = None,
    date: options.Date = None,
    encoding: options.Encoding = None,
    keep_claims: options.KeepClaims = False,
    voice: options.Voices = None,
    llm_model: options.LlmModel = None,
    llm_url: options.LlmUrl = None,
) -> None:
    """Read articles into the register.

    What is already there is not added again.

    \b
    Examples:
      fta add articles/
      fta add article.txt --date 2019-03-04 --register rifles.db
      fta add annotated.jsonl --keep-claims
    """
    from followthearms.cli import reading, stored

    with reading.heard(voice, llm_model, llm_url) as by:
        if not stored.add(paths, register, reading.read_options(date, encoding, keep_claims), by):
            raise Unread


@app.command()
def deals(register: options.RegisterFile = None, as_json: options.Json = False) -> None:
    """List the deals of the register.

    Who, what, how many ordered and delivered, how much, where it stands, how many independent sources say so.

    \b
    Examples:
      fta deals
      fta deals --register rifles.db --json
    """
    from followthearms.cli import stored

    stored.print_deals(register, as_json)


@app.command()
def show(
    deal: Annotated[str, typer.Argument(metavar="DEAL", help="The id of a deal, or the beginning of it.")],
    register: options.RegisterFile = None,
    as_json: options.Json = False,
) -> None:
    """Show one deal in full.

    Its facts, its timeline with the quoted words, and where its reports differ.

    \b
    Examples:
      fta show 3f2a
      fta show 3f2a --json
    """
    from followthearms.cli import stored

    stored.print_deal(deal, register, as_json)


@app.command()
def claims(
    register: options.RegisterFile = None,
    kind: Annotated[str | None, typer.Option("--kind", metavar="KIND", help="Only claims of this kind.")] = None,
    as_json: options.Json = False,
) -> None:
    """List the claims with their words.

    \b
    Examples:
      fta claims
      fta claims --kind refusal
    """
    from followthearms.cli import stored

    stored.print_claims(register, kind, as_json)


@app.command()
def contradictions(register: options.RegisterFile = None, as_json: options.Json = False) -> None:
    """List where reports of one deal differ.

    Both sides with their words; those first where one side must be wrong.

    \b
    Examples:
      fta contradictions
      fta contradictions --json
    """
    from followthearms.cli import stored

    stored.print_contradictions(register, as_json)


@app.command()
def export(
    format: Annotated[ExportFormat, typer.Option("--format", "-f", metavar="csv|jsonl", help="What to write.")],
    register: options.RegisterFile = None,
    table: Annotated[
        CsvTable, typer.Option("--table", metavar="claims|deals", help="The rows of a CSV.")
    ] = CsvTable.CLAIMS,
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help="Where to write; - is standard output.")
    ] = "-",
) -> None:
    """Write the register as CSV or JSON lines.

    CSV has one row for each claim, or each deal; jsonl is the claim format, one document a line.

    \b
    Examples:
      fta export --format csv > claims.csv
      fta export --format csv --table deals -o deals.csv
      fta export --format jsonl -o documents.jsonl
    """
    from followthearms.cli import stored

    match format:
        case ExportFormat.JSONL:
            stored.export_lines(register, output)
        case ExportFormat.CSV:
            stored.export_csv(register, table, output)


@app.command()
def explain(
    sentence: Annotated[
        str, typer.Argument(metavar="SENTENCE", help="A sentence or a short text, in quotation marks.")
    ],
    as_json: options.Json = False,
) -> None:
    """Explain how a sentence is read.

    What is named in it, which patterns were tried, where they failed, and the claims that came of it.

    \b
    Examples:
      fta explain "Norway delivered 22 howitzers to Ukraine."
    """
    from followthearms.cli import explaining

    explaining.print_explanation(sentence, as_json)


@app.command()
def train(
    corpus: Annotated[
        list[Path],
        typer.Argument(
            metavar="CORPUS...", help="Annotated texts: .jsonl in the claim format, or .standoff.jsonl with --texts."
        ),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="FOLDER", help="Where the model goes.")],
    texts: Annotated[
        list[Path] | None,
        typer.Option("--texts", metavar="FILE", help="The texts that a .standoff.jsonl is about; may be repeated."),
    ] = None,
    seed: Annotated[int, typer.Option("--seed", metavar="NUMBER", help="The same seed gives the same model.")] = 7,
    epochs: Annotated[
        int | None, typer.Option("--epochs", min=1, metavar="NUMBER", help="How often the corpus is gone through.")
    ] = None,
) -> None:
    """Train the tagger on annotated texts.

    Needs the extra [train]. One core, about four minutes an epoch for a thousand texts.

    \b
    Examples:
      fta train corrected.jsonl --out model/
      fta train train.jsonl notes.standoff.jsonl --texts texts.jsonl --out model/
    """
    from followthearms.cli import training

    if not training.train_model(corpus, out, texts or [], seed, epochs):
        raise Unread


@app.command()
def evaluate(
    gold: Annotated[str, typer.Argument(metavar="GOLD.jsonl", help="Annotated texts in the claim format.")],
    predicted: Annotated[
        str | None, typer.Option("--predicted", metavar="FILE", help="Claims to judge instead of reading the texts.")
    ] = None,
    mistakes: Annotated[bool, typer.Option("--mistakes", help="Count the mistakes by class, kind and slot.")] = False,
    voice: options.Voices = None,
    llm_model: options.LlmModel = None,
    llm_url: options.LlmUrl = None,
    as_json: options.Json = False,
) -> None:
    """Measure how well texts are read.

    By level, slot and kind, with 95 % intervals, against annotated texts.

    \b
    Examples:
      fta evaluate gold.jsonl
      fta evaluate gold.jsonl --voice frame
      fta evaluate gold.jsonl --predicted claims.jsonl --mistakes
    """
    from followthearms.cli import evaluating, reading

    with reading.heard(voice, llm_model, llm_url) as by:
        if not evaluating.print_evaluation(gold, predicted, as_json, mistakes, by):
            raise Unread

"""`fta export`: a register, or what meets a query, written as CSV, in the claim format, as a page, or as its log."""

from __future__ import annotations

from followthearms.cli.asking.found import claims_found, deals_found, documents_found, in_full
from followthearms.cli.options import CsvTable
from followthearms.cli.stored import Asked, beside, opened
from followthearms.exchange.html import report
from followthearms.exchange.judging import judgements
from followthearms.exchange.tables import CLAIM_COLUMNS, DEAL_COLUMNS, claim_rows, deal_rows, told, write_csv
from followthearms.model.format import dump_line
from followthearms.model.query import Query


def export_lines(asked: Asked, query: Query, output: str) -> None:
    """Documents that meet a query with all their claims, one line each, in the claim format."""
    with asked.register() as register:
        documents = register.documents([row.document for row in documents_found(register, query)])
    with opened(beside(output, asked.place)) as out:
        for document in documents:
            out.write(dump_line(document) + "\n")


def export_csv(asked: Asked, query: Query, table: CsvTable, output: str) -> None:
    """The claims or the deals that meet a query as CSV."""
    columns = {CsvTable.CLAIMS: CLAIM_COLUMNS, CsvTable.DEALS: DEAL_COLUMNS}[table]
    with asked.register() as register:
        match table:
            case CsvTable.CLAIMS:
                rows = list(claim_rows(told(register, claims_found(register, query))))
            case CsvTable.DEALS:
                rows = list(deal_rows(deals_found(register, query)))
    with opened(beside(output, asked.place)) as out:
        write_csv(rows, columns, out)


def export_html(asked: Asked, query: Query, output: str) -> None:
    """The deals that meet a query as one page, with the documents that tell of them and who decided what."""
    with asked.register() as register:
        deals = in_full(register, list(deals_found(register, query)))
        found = register.ledger.standings({name for deal in deals for name in deal.documents})
        judged = judgements(found, register.ledger.decisions())
    title = f"Follow the Arms: {query}" if str(query) else "Follow the Arms"
    with opened(beside(output, asked.place)) as out:
        out.write(report([one.linked for one in found], deals, title=title, judged=judged))


def export_log(asked: Asked, output: str) -> None:
    """The whole log of the register, as JSON lines."""
    with asked.register() as register, opened(beside(output, asked.place)) as out:
        for line in register.log.lines():
            out.write(line + "\n")

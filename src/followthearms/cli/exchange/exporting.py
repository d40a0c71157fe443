"""`fta export`: a register, or what meets a query, written as CSV, in the claim format, or as its log."""

from __future__ import annotations

from collections.abc import Iterator

from followthearms.cli.asking.found import claims_found, deals_found, documents_found, in_full
from followthearms.cli.options import CsvTable
from followthearms.cli.stored import Asked, beside, opened, opened_register
from followthearms.exchange.tables import CLAIM_COLUMNS, DEAL_COLUMNS, claim_rows, deal_rows, write_csv
from followthearms.model import Document
from followthearms.model.format import dump_line
from followthearms.model.query import Query
from followthearms.register import Register


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
                rows = list(claim_rows(_with_claims_found(register, query)))
            case CsvTable.DEALS:
                rows = list(deal_rows(in_full(register, list(deals_found(register, query)))))
    with opened(beside(output, asked.place)) as out:
        write_csv(rows, columns, out)


def export_log(file: str | None, output: str) -> None:
    """The whole log of the register, as JSON lines."""
    with opened_register(file) as register, opened(beside(output, file)) as out:
        for line in register.log.lines():
            out.write(line + "\n")


def _with_claims_found(register: Register, query: Query) -> Iterator[Document]:
    """The documents of the claims that meet a query, by id, each with those claims alone."""
    found: dict[str, set[str]] = {}
    for one in claims_found(register, query):
        found.setdefault(one.document, set()).add(one.claim.id)
    for document in register.documents(found):
        yield document.with_claims(tuple(claim for claim in document.claims if claim.id in found[document.id]))

"""From documents to deals on a cluster: the pure functions of `link`, each on the group of rows that it looks at.

Invariant: the deals are those that `link.link` makes of all documents at once. Copies are looked for as a register
looks for them, by sketches; what a sketch proposes, the texts decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from followthearms.engine.results import deal_line, deal_part, write_deals
from followthearms.link.deal.rows import deal, row_of
from followthearms.link.joining.briefs import Brief, dump_brief, load_brief
from followthearms.link.joining.clusters import clusters
from followthearms.link.joining.strands import strands
from followthearms.link.joining.threads import threads
from followthearms.link.joining.unite import Union
from followthearms.link.sources import Sources
from followthearms.link.stories import HOLDERS, SHARED, is_copy, shingles, sketch, story
from followthearms.model import Document, Story
from followthearms.model.format import load_line
from followthearms.sources.runs import LINE

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql.types import StructType

Batches = Iterator[pa.RecordBatch]
Rows = Iterable[dict[str, Any]]
Make = Callable[[Rows], Rows]

_WORDS, _LIST = pa.string(), pa.list_(pa.string())
_THREADS = pa.schema([("block", _WORDS), ("seeks", _WORDS), ("offers", _LIST), ("brief", _WORDS)])
_MEMBERS = pa.schema([("deal", _WORDS), ("offers", _LIST), ("brief", _WORDS)])
_PLACED = pa.schema([("deal", _WORDS), ("id", _WORDS), ("anchors", _LIST)])
_SKETCHES = pa.schema([("id", _WORDS), ("story", _WORDS), ("triples", pa.list_(pa.int64()))])
_COPIES = pa.schema([(name, _WORDS) for name in ("one_id", "other_id", "one_story", "other_story")])
_DEALS = pa.schema([("part", pa.int32()), ("id", _WORDS), ("deal", _WORDS)])
_PARTS = pa.schema([("part", pa.int32())])


def write_linked(spark: SparkSession, documents: Path, out: Path) -> None:
    """Write the deals of a folder of documents."""
    from pyspark.sql import functions as f

    read = spark.read.parquet(documents.absolute().as_uri()).where(f.col(LINE).isNotNull())
    last = f.max_by(LINE, f.struct("part", "row"))  # of readings under one id, as in a register
    known = read.groupBy(f.col("document").alias("id")).agg(last.alias(LINE)).cache()
    lines = _members(known).join(known, "id").join(_stories(spark, known), "id")
    deals = _grouped(lines, "deal", _deals, _DEALS)
    _grouped(deals, "part", partial(_written, out), _PARTS).collect()
    spark.catalog.clearCache()


def _members(known: DataFrame) -> DataFrame:
    """The threads of each deal: its id, the document, and the anchors of the thread's strands.

    First what seeks nothing, block by block: a pair of parties and what they trade. Then each seeker finds the one deal
    that offers what it seeks, or else is clustered with its like.
    """
    from pyspark.sql import functions as f

    cut = _mapped(known, _threads, _THREADS).cache()
    seeks = f.col("seeks").isNotNull()
    cores = _grouped(cut.where(~seeks & (f.col("block") != "")), "block", _clusters, _MEMBERS).cache()
    offered = cores.select(f.explode("offers").alias("seeks"), f.col("deal").alias("home")).distinct()
    homes = offered.groupBy("seeks").agg(f.count("*").alias("deals"), f.first("home").alias("home")).where("deals = 1")
    sought = cut.where(seeks).join(homes, "seeks", "left")
    homed = sought.where("home is not null").select(f.col("home").alias("deal"), "offers", "brief")
    left = _grouped(sought.where("home is null").drop("home", "deals"), "block", _clusters, _MEMBERS)
    return _mapped(cores.unionByName(homed).unionByName(left), _placed, _PLACED)


def _stories(spark: SparkSession, known: DataFrame) -> DataFrame:
    """The id of its story for that of each document."""
    from pyspark.sql import functions as f

    drawn = _mapped(known, _sketched, _SKETCHES).cache()
    holder = f.struct("id", "story", f.size("triples").alias("size")).alias("holder")
    held = drawn.select(holder, f.explode("triples").alias("triple")).groupBy("triple")
    holders = held.agg(f.sort_array(f.collect_list("holder")).alias("all")).where(f.size("all") > 1)
    paired = holders.select(f.explode(f.slice("all", 1, HOLDERS)).alias("one"), f.explode("all").alias("other"))
    shared = paired.where("one.id < other.id").groupBy("one", "other").count()
    near = shared.where(f.col("count") >= f.least(f.lit(SHARED), f.col("one.size"), f.col("other.size")))
    for side in ("one", "other"):
        text = known.select(f.col("id").alias(f"{side}_id"), f.col(LINE).alias(f"{side}_line"))
        near = near.join(text, f.col(f"{side}.id") == f.col(f"{side}_id"))
    stories = (f.col(f"{side}.story").alias(f"{side}_story") for side in ("one", "other"))
    copies = _mapped(near.select("one_id", "other_id", "one_line", "other_line", *stories), _copied, _COPIES)
    own: dict[str, str] = {}
    united: Union[str] = Union()
    for row in copies.collect():  # few: what is copied, and not what is read
        own |= {row.one_id: row.one_story, row.other_id: row.other_story}
        united.join(row.one_id, row.other_id)
    told = [(name, min(own[n] for n in names)) for names in united.sets(sorted(own)) for name in names]
    copied = spark.createDataFrame(told, "id string, least string")
    found = drawn.select("id", "story").join(copied, "id", "left")
    return found.select("id", f.coalesce("least", "story").alias("story"))


def _threads(rows: Rows) -> Rows:
    for row in rows:
        for thread in threads(_document(row)):
            brief = thread.brief
            offers = list(brief.offers)
            yield {"block": brief.block, "seeks": brief.seeks, "offers": offers, "brief": dump_brief(brief)}


def _clusters(rows: Rows) -> Rows:
    for one in clusters(map(_brief, rows)):
        for thread in one.threads:
            yield {"deal": one.id, "offers": list(thread.offers), "brief": dump_brief(thread)}


def _placed(rows: Rows) -> Rows:
    for row in rows:
        brief = _brief(row)
        yield {"deal": row["deal"], "id": brief.document, "anchors": list(brief.anchors)}


def _sketched(rows: Rows) -> Rows:
    for row in rows:
        document = _document(row)
        triples = sorted(sketch(shingles(document.text)))
        yield {"id": document.id, "story": story([document]).id, "triples": triples}


def _copied(rows: Rows) -> Rows:
    for row in rows:
        one, other = (shingles(_text(row[f"{side}_line"])) for side in ("one", "other"))
        if is_copy(one, other):
            yield {name: row[name] for name in _COPIES.names}


def _deals(rows: Rows) -> Rows:
    """The one deal of some threads, each with its document and story."""
    told = list(rows)
    anchors = {anchor for row in told for anchor in row["anchors"]}
    documents = {row["id"]: _document(row) for row in told}
    cut = (strand for document in documents.values() for strand in strands(document) if strand.anchor in anchors)
    stories = [Story(id=row["story"], documents=(row["id"],)) for row in told]
    made = deal(row_of(told[0]["deal"], cut), Sources(stories))
    yield {"part": deal_part(made.id), "id": made.id, "deal": deal_line(made)}


def _written(out: Path, rows: Rows) -> Rows:
    told = list(rows)
    write_deals(out, told[0]["part"], ((row["id"], row["deal"]) for row in told))
    yield {"part": told[0]["part"]}


def _document(row: dict[str, Any]) -> Document:
    return load_line(row[LINE], f"document {row['id']}")


def _text(line: str) -> str:
    return load_line(line, "").text


def _brief(row: dict[str, Any]) -> Brief:
    return load_brief(row["brief"])


def _mapped(frame: DataFrame, make: Make, schema: pa.Schema) -> DataFrame:
    """What a function makes of all rows, some at a time."""

    def mapped(batches: Batches) -> Batches:
        for batch in batches:
            yield pa.RecordBatch.from_pylist(list(make(batch.to_pylist())), schema)

    return frame.mapInArrow(mapped, _spark_schema(schema))


def _grouped(frame: DataFrame, by: str, make: Make, schema: pa.Schema) -> DataFrame:
    """What a function makes of the rows of each group."""

    def grouped(table: pa.Table) -> pa.Table:
        return pa.Table.from_pylist(list(make(table.to_pylist())), schema)

    return frame.groupBy(by).applyInArrow(grouped, _spark_schema(schema))


def _spark_schema(schema: pa.Schema) -> StructType:
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(schema)

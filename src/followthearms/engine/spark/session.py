"""The connection to Spark: opened for a run, and closed after it."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from followthearms.errors import UsageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

RETRIED = 4
"""How often a task is tried; in `local[N]`, unlike elsewhere, Spark would try it once."""

_ERROR = re.compile(r"(?!pyspark|org\.|java\.)[\w.]+(?:Error|Exception): ")
"""The line of a trace that tells an error of a task."""


@contextmanager
def opened(master: str | None, jobs: int | None, stated: Sequence[str] = ()) -> Iterator[SparkSession]:
    """Spark under an address ("spark://head:7077", "yarn", …); without one in this process, with so many threads.

    `stated` are settings of Spark such as "spark.executor.memory=4g". Raises UsageError for one that is none, if Spark
    or Java is not there, and for what Spark itself gives up at.
    """
    settings = [_setting(one) for one in stated]
    try:
        from py4j.protocol import Py4JError
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise UsageError(f"--engine spark: {error}; pip install 'followthearms[spark]'") from error
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("fta run").master(master or f"local[{jobs or '*'},{RETRIED}]")
    for name, value in settings:
        builder = builder.config(name, value)
    try:
        spark = builder.getOrCreate()
        try:
            yield spark
        finally:
            spark.stop()
    except (PySparkException, Py4JError) as error:
        raise UsageError(f"--engine spark: {_told(str(error))}") from error


def _setting(words: str) -> tuple[str, str]:
    name, equals, value = words.partition("=")
    if not equals or not name.startswith("spark."):
        raise UsageError(f"--conf {words}: write it as spark.executor.memory=4g")
    return name, value


def _told(trace: str) -> str:
    """What Spark says, without the calls that led there: the error of a task, or else its own."""
    if "JAVA_GATEWAY_EXITED" in trace:
        return "Java did not start; install Java 17 or newer, and set JAVA_HOME if it is not on the PATH"
    lines = trace.strip().splitlines()
    found = [line for line in lines if _ERROR.match(line)][-1:] or [line for line in lines if line.startswith(": ")]
    return (found or lines or ["it gave up"])[0].removeprefix(": ")

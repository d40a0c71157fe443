"""`fta run`: what it refuses before it begins. What it does: tests/engine/test_bulk.py, test_spark.py, docs/how-to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

REFUSED = {
    "a cluster for the pool": (["--master", "yarn"], "--master and --conf are for --engine spark"),
    "cores of a cluster": (["--engine", "spark", "--master", "yarn", "--jobs", "2"], "leave out --jobs or --master"),
    "no setting": (["--engine", "spark", "--conf", "memory=4g"], "write it as spark.executor.memory=4g"),
    "no such column": (["--column", "words=Body"], "write it as text=Body"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_options_that_do_not_fit(fta, tmp_path: Path, case: str) -> None:
    options, told = REFUSED[case]
    ended = fta("run", "news.txt", "--out", "day", *options)
    assert (ended.exit_code, ended.stdout) == (2, "")
    assert told in ended.stderr
    assert not (tmp_path / "day").exists()


def test_a_folder_that_is_there_and_the_standard_input_are_refused(fta, tmp_path: Path) -> None:
    ended = fta("run", "-", "--out", "day")
    assert (ended.exit_code, "standard input" in ended.stderr) == (2, True)
    (tmp_path / "day" / "documents").mkdir(parents=True)
    ended = fta("run", "news.txt", "--out", "day")
    assert (ended.exit_code, "holds a run already" in ended.stderr) == (2, True)


def test_without_java_it_says_so(tmp_path: Path) -> None:
    pytest.importorskip("pyspark", reason="pyspark is not installed: pip install 'followthearms[spark]'")
    command = [sys.executable, "-m", "followthearms", "run", "news.txt", "--out", "day", "--engine", "spark"]
    # A process of its own: in this one Java may run already.
    ended = subprocess.run(
        command, cwd=tmp_path, env={**os.environ, "JAVA_HOME": str(tmp_path)}, capture_output=True, text=True
    )
    assert (ended.returncode, "Java did not start" in ended.stderr) == (2, True)

"""The parser's matrix products, by the library that runs the encoder.

The parser's own library does not know newer processors, and does without their wide registers there: a Zen 3 then
multiplies at a quarter of its speed. numpy is as fast as this one, but a row's product comes out differently with its
place among the others. Why, and what it is worth: decision 0037.
Invariant: what comes of a row depends on that row alone, not on how many stand with it.
"""

from __future__ import annotations

import copy
import functools
from importlib import resources
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime  # type: ignore[import-untyped]

Floats = npt.NDArray[np.float32]


def use_products(parts: list[tuple[str, Any]]) -> None:
    """Have all layers of a parser's parts multiply so."""
    for _, part in parts:
        for layer in part.model.walk():
            layer.ops = copy.copy(layer.ops)
            layer.ops.gemm = _product


def times(rows: Floats, weights: Floats) -> Floats:
    """Rows × width, columns × width → rows × columns."""
    two = rows.repeat(2, axis=0) if len(rows) == 1 else rows  # one by itself goes another way, to other last digits
    (product,) = _session().run(None, {"x": two, "w": weights})
    found: Floats = product[: len(rows)]
    return found


def _product(x: Floats, y: Floats, *, out: Floats | None = None, trans1: bool = False, trans2: bool = False) -> Floats:
    """The product of two matrices, each turned on request; into `out`, if that is given."""
    product = times(x.T if trans1 else x, y if trans2 else y.T)
    if out is None:
        return product
    out[:] = product
    return out


@functools.lru_cache(maxsize=1)
def _session() -> onnxruntime.InferenceSession:
    """The graph of one product: `Gemm` of "x" and "w", the latter turned (`transB`)."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = False  # it would keep the memory of the largest batch, and saves no time
    graph = resources.files("followthearms").joinpath("data/parser/product.onnx").read_bytes()
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])

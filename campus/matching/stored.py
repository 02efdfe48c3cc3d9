"""Indexes as the bytes of one file, and back: large arrays stand in it as they are and are not copied when read.

What is small (words, numbers) is pickled; a reader makes objects of this package and numpy's arrays, of nothing else.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import platform
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from campus.errors import Refused

MAGIC = b"campus-index-1\n"
ALIGNED = 64
# A smaller array is not worth a place of its own.
SMALL = 4096
OF_NUMPY = frozenset({("numpy", "ndarray"), ("numpy", "dtype"), ("numpy._core.numeric", "_frombuffer")})
OF_MATCHING = "campus.matching."
Part: TypeAlias = bytes | memoryview


class NotAnIndex(Refused):
    """A file is no stored index, is cut off, or was stored from something else."""


def made_by() -> str:
    """Name the code that makes indexes: another code, Python or numpy may mean another index."""
    digest = hashlib.sha256(f"{platform.python_version()} {np.__version__}".encode())
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    return digest.hexdigest()


def pack(indexes: Any, stamp: str) -> list[Part]:
    """Give the bytes of a file that holds indexes, part after part; `stamp` says what they were made from.

    The format: a magic line, the number of parts and the size of each (little-endian, 8 bytes each), then the
    parts, each at a multiple of 64 bytes: the stamp, the pickle (protocol 5), and each large array.
    """
    arrays: list[memoryview] = []

    def aside(buffer: pickle.PickleBuffer) -> bool:
        raw = buffer.raw()
        if raw.nbytes >= SMALL:
            arrays.append(raw)
        return raw.nbytes < SMALL

    pickled = pickle.dumps(indexes, protocol=5, buffer_callback=aside)
    parts: list[Part] = [stamp.encode(), pickled, *arrays]
    head = MAGIC + struct.pack(f"<{len(parts) + 1}Q", len(parts), *(len(one) for one in parts))
    padded: list[Part] = []
    for part in [head, *parts]:
        padded += [part, bytes(-len(part) % ALIGNED)]
    return padded


def unpack(file: memoryview, stamp: str) -> Any:
    """Give the indexes of a file's bytes, which stay in use: their large arrays are views, not to be written to.

    Raises NotAnIndex when the file is something else, is cut off, or was made from something else than `stamp`.
    """
    parts = _parts(file)
    if bytes(parts[0]) != stamp.encode():
        raise NotAnIndex("L'index a été fait d'un autre référentiel, ou par une autre version de Campus.")
    return _Reader(io.BytesIO(parts[1]), buffers=parts[2:]).load()


def _parts(file: memoryview) -> Sequence[memoryview]:
    start = len(MAGIC)
    if bytes(file[:start]) != MAGIC or len(file) < start + 8:
        raise NotAnIndex("Ce fichier n'est pas un index.")
    (count,) = struct.unpack_from("<Q", file, start)
    at = start + 8 * (count + 1)
    if len(file) < at:
        raise NotAnIndex("Le fichier de l'index est coupé.")
    parts = []
    for size in struct.unpack_from(f"<{count}Q", file, start + 8):
        at += -at % ALIGNED
        parts.append(file[at : at + size])
        at += size
    if len(file) < at or count < 2:
        raise NotAnIndex("Le fichier de l'index est coupé.")
    return parts


class _Reader(pickle.Unpickler):
    """A reader that knows the classes of this package and numpy's arrays, and refuses all others."""

    def find_class(self, module: str, name: str) -> Any:
        """Find a class that an index may hold."""
        if (module, name) in OF_NUMPY:
            return super().find_class(module, name)
        found = super().find_class(module, name) if module.startswith(OF_MATCHING) else None
        if not isinstance(found, type) or found.__module__ != module:
            raise NotAnIndex(f"L'index ne doit rien contenir de {module}.{name}.")
        return found

"""Bare search engines on the same texts, in the same run, one thread each: what they answer is words alone."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Ask = Callable[[str], Any]
FEW = 30


@dataclass
class Peer:
    """An engine that is ready: how long its index took, and how to ask it for the ten best."""

    name: str
    build_s: float
    ask: Ask
    most: int | None = None
    clock: Callable[[], float] = time.process_time


def bm25s_peer(texts: list[str]) -> Peer:
    """Build bm25s with its numba backend; the words are cut apart beforehand, uncounted."""
    import bm25s

    tokens = bm25s.tokenize(texts, stopwords=None, show_progress=False)
    began = time.process_time()
    retriever = bm25s.BM25(backend="numba")
    retriever.index(tokens, show_progress=False)
    built = time.process_time() - began

    def ask(text: str) -> Any:
        return retriever.retrieve([text.split()], k=10, n_threads=1, show_progress=False)

    return Peer("bm25s (numba)", built, ask)


def tantivy_peer(texts: list[str]) -> Peer:
    """Build tantivy in memory, in one segment."""
    import tantivy

    began = time.process_time()
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("body", stored=False)
    builder.add_integer_field("id", stored=True)
    index = tantivy.Index(builder.build())
    writer = index.writer(heap_size=1_000_000_000, num_threads=1)
    for n, text in enumerate(texts):
        writer.add_document(tantivy.Document(body=text, id=n))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    built = time.process_time() - began
    searcher = index.searcher()

    def ask(text: str) -> Any:
        return searcher.search(index.parse_query(text, ["body"]), 10).hits

    return Peer("tantivy", built, ask)


def fts5_peer(texts: list[str]) -> Peer:
    """Build SQLite's FTS5 in memory."""
    began = time.process_time()
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(body, content='')")
    connection.executemany("INSERT INTO t(rowid, body) VALUES (?, ?)", enumerate(texts))
    connection.execute("INSERT INTO t(t) VALUES ('optimize')")
    built = time.process_time() - began

    def ask(text: str) -> Any:
        words = " OR ".join(f'"{word}"' for word in text.split())
        return connection.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY bm25(t) LIMIT 10", (words,)).fetchall()

    return Peer("SQLite FTS5", built, ask, most=FEW)


def postgresql_peer(texts: list[str]) -> Peer | None:
    """Build PostgreSQL's full text with its GIN index, in a cluster of its own; None without its binaries."""
    import psycopg

    from tests.harness.cluster import start_cluster

    address = start_cluster()
    if address is None:
        return None
    connection = psycopg.connect(address.replace("postgresql+psycopg", "postgresql"), autocommit=True)
    connection.execute("SET max_parallel_workers_per_gather = 0")
    connection.execute("DROP TABLE IF EXISTS speed")
    began = time.perf_counter()
    connection.execute("CREATE TABLE speed (id int, body tsvector)")
    with connection.cursor().copy("COPY speed FROM STDIN") as copy:
        for n, text in enumerate(texts):
            copy.write_row((n, " ".join(f"'{word}'" for word in text.split())))
    connection.execute("CREATE INDEX ON speed USING gin (body)")
    connection.execute("VACUUM ANALYZE speed")
    built = time.perf_counter() - began
    query = "SELECT id FROM speed, to_tsquery('simple', %s) q WHERE body @@ q ORDER BY ts_rank(body, q) DESC LIMIT 10"

    def ask(text: str) -> Any:
        return connection.execute(query, (" | ".join(text.split()),)).fetchall()

    return Peer("PostgreSQL ts_rank", built, ask, most=FEW, clock=time.perf_counter)


def all_at_once(texts: list[str], needs: list[str]) -> float:
    """Give the seconds a need that sparse_dot_topn takes for the ten best of all courses, all needs at once."""
    import numpy as np
    from scipy.sparse import csr_matrix
    from sparse_dot_topn import sp_matmul_topn

    number: dict[str, int] = {}
    matrices = []
    for lines in (texts, needs):
        words = [sorted({number.setdefault(word, len(number)) for word in line.split()}) for line in lines]
        starts = np.concatenate([[0], np.cumsum([len(one) for one in words])])
        flat = np.concatenate([np.array(one, dtype=np.int32) for one in words])
        matrices.append((flat, starts))
    (flat, starts), (asked, asked_starts) = matrices
    rarity = np.log(len(texts) / np.maximum(1, np.bincount(flat, minlength=len(number)))).astype(np.float32)
    courses = csr_matrix((rarity[flat], flat, starts), shape=(len(texts), len(number))).T.tocsr()
    wanted = csr_matrix((rarity[asked], asked, asked_starts), shape=(len(needs), len(number)))
    began = time.process_time()
    sp_matmul_topn(wanted, courses, top_n=10, n_threads=1, sort=True)
    return (time.process_time() - began) / len(needs)

"""Indexes as one file: what is read is what was stored, and nothing else is ever read."""

import os
import pickle

import numpy as np
import pytest

from campus.matching import stored
from campus.matching.labels import LabelIndex
from campus.matching.stored import NotAnIndex, pack, unpack

MOST_BYTES = 50_000_000
TITLES = [(number, f"Conducteur de ligne {number}", (f"Opérateur {number}",)) for number in range(300)]


def packed(value, stamp="one"):
    return b"".join(pack(value, stamp))


def test_a_stored_index_answers_as_the_one_that_was_made():
    made = LabelIndex(TITLES)
    read = unpack(memoryview(packed({"titles": made})), "one")["titles"]
    for query in ("operateur 17", "condcteur de ligne 250", "ligne"):
        assert read.search(query) == made.search(query)


def test_a_large_array_is_read_where_it_stands_and_cannot_be_changed():
    file = packed(np.arange(5000))
    read = unpack(memoryview(file), "one")
    assert np.shares_memory(read, np.frombuffer(file, dtype=np.uint8))
    with pytest.raises(ValueError, match="read-only"):
        read[0] = 1


def test_an_index_made_from_something_else_is_refused():
    with pytest.raises(NotAnIndex):
        unpack(memoryview(packed([1], stamp="one")), "two")


@pytest.mark.parametrize("kept", [0, 3, 20, 60, -1])
def test_a_file_that_is_cut_off_is_refused(kept):
    with pytest.raises(NotAnIndex):
        unpack(memoryview(packed(np.arange(5000))[:kept]), "one")


class Harm:
    """An object whose reading would run a command."""

    def __reduce__(self):
        return os.mkdir, ("harm",)


@pytest.mark.parametrize("value", [Harm(), stored.pack, pickle.Unpickler])
def test_what_is_no_index_is_not_even_made(value, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NotAnIndex):
        unpack(memoryview(packed(value)), "one")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.xdist_group("referential")
def test_the_index_of_the_whole_referential_stays_small(directory):
    assert sum(map(len, pack(directory, "one"))) < MOST_BYTES

"""French is written in the code; English is complete: nothing missing, nothing unsure, nothing left over.

Run by its name, `pytest tests/architecture/catalogues.py`, until the catalogue is whole; then it is test_catalogues.py.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.architecture.code import ROOT

ENGLISH = ROOT / "campus/translations/en/LC_MESSAGES/messages.po"
PLACEHOLDER = re.compile(r"%\((\w+)\)")
EXTRACT = ["--quiet", "extract", "--mapping=pyproject.toml", "--keyword=_l", "--keyword=_n:1,2", "--no-wrap"]


def _forms(text):
    return text if isinstance(text, tuple | list) else (text,)


@pytest.fixture(scope="module")
def sentences(tmp_path_factory):
    """The sentences of the code, as `make catalogues` finds them."""
    target = tmp_path_factory.mktemp("catalogue") / "messages.pot"
    program = Path(sys.executable).with_name("pybabel")
    subprocess.run([program, *EXTRACT, f"--output-file={target}", "."], cwd=ROOT, check=True)
    with target.open("rb") as source:
        return {(message.context, message.id): message for message in read_po(source) if message.id}


@pytest.fixture(scope="module")
def english():
    """The English catalogue."""
    with ENGLISH.open("rb") as source:
        return read_po(source, locale="en")


def test_every_sentence_is_in_english(sentences, english):
    missing = []
    for context, text in sentences:
        found = english.get(_forms(text)[0], context)
        if found is None or not all(_forms(found.string)):
            missing.append(_forms(text)[0])
    assert not missing, f"{len(missing)} of {len(sentences)} sentences have no English:\n" + "\n".join(missing[:40])


def test_no_translation_is_unsure_or_left_over(sentences, english):
    known = {(context, _forms(text)[0]) for context, text in sentences}
    assert not [message.id for message in english if message.id and message.fuzzy]
    assert not [each.id for each in english if each.id and (each.context, _forms(each.id)[0]) not in known]


def test_translations_keep_the_names_of_what_is_filled_in(english):
    broken = [
        message.id
        for message in english
        if message.id and message.string
        for said in _forms(message.string)
        if set(PLACEHOLDER.findall(said)) - {name for text in _forms(message.id) for name in PLACEHOLDER.findall(text)}
    ]
    assert not broken


def test_french_sentences_are_typed_with_plain_spaces(sentences):
    """The typography is put in at one place, campus/wording.py."""
    typed = [text for _context, each in sentences for text in _forms(each) if re.search("[\u00a0\u202f]", text)]
    assert not typed

"""The national nomenclature of specialities: complete, as it was published."""

import csv
import os
import re
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from campus.exchange.nsf import group_of, named, specialities


def test_the_nomenclature_has_its_93_groups_of_three_digits_in_their_order():
    groups = list(specialities())
    assert groups == sorted(groups)
    assert [each for each in groups if not re.fullmatch("[1-4][0-9]{2}", each)] == []
    assert len(groups) == 93
    assert named("222u") == "222u Transformations chimiques et apparentées (y compris industrie pharmaceutique)"
    assert named("") == ""


@pytest.mark.shared
def test_labels_are_those_of_the_register_of_certifications():
    archive = next((Path(os.environ["CAMPUS_SHARED"]) / "data" / "rncp").glob("*.zip"))
    with ZipFile(archive) as files:
        name = next(each for each in files.namelist() if "_Nsf_" in each)
        rows = list(csv.DictReader(files.read(name).decode("utf-8-sig").splitlines(), delimiter=";"))
    labels = {each["Nsf_Code"]: each["Nsf_Intitule"].partition(" : ")[2] for each in rows}
    assert {code for code in labels if group_of(code) not in specialities()} == set()
    groups = {code: label for code, label in labels.items() if code in specialities()}
    assert len(groups) == 3
    assert [code for code, label in groups.items() if not specialities()[code].startswith(label)] == []


@pytest.mark.shared
def test_catalogues_of_training_name_groups_that_are_there():
    folder = Path(os.environ["CAMPUS_SHARED"]) / "data" / "lheo"
    trees = [ElementTree.parse(file) for file in folder.glob("*.xml")]
    codes = {node.text for tree in trees for node in tree.iter() if node.tag.endswith("code-NSF")}
    assert len(codes) >= 4
    assert codes <= specialities().keys()

"""The published directory and its index, read once for the tests that measure on it."""

import os
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from campus.exchange.rome import read_rome
from campus.matching.index import OccupationIndex


@pytest.fixture(scope="session")
def published():
    return read_rome(Path(os.environ["CAMPUS_SHARED"]) / "data" / "RefRomeCsv.zip")


@pytest.fixture(scope="session")
def rows(published):
    titles, skills, knowledge = (defaultdict(list) for _ in range(3))
    reached = Counter(move.target_code for move in published.mobilities)
    kinds = {skill.code: skill.kind for skill in published.every_skill()}
    labels = {skill.code: skill.label for skill in published.every_skill()}
    for title in published.job_titles:
        titles[title.occupation_code].append(title.label)
    for link in published.occupation_skills:
        if kinds[link.skill_code] == "know_how":
            skills[link.occupation_code].append((link.skill_code, labels[link.skill_code], link.core))
        elif kinds[link.skill_code] == "knowledge":
            knowledge[link.occupation_code].append(labels[link.skill_code])
    return [
        (
            *(one.code, one.code, one.label, one.parent_code, titles[one.code], one.definition, skills[one.code]),
            *(knowledge[one.code], reached[one.code]),
        )
        for one in published.occupations
    ]


@pytest.fixture(scope="session")
def directory(rows):
    return OccupationIndex.build(rows)

import time
from collections import Counter

import pytest

from campus.exchange.rome import JobTitle, Mobility, OccupationContext, OccupationSkill, read_rome
from campus.exchange.rome.occupations import parents_by_occupation


@pytest.mark.shared
def test_the_published_archive_is_read_whole(real_rome):
    assert real_rome.version == "460"
    assert len(real_rome.occupations) == 1_584
    assert len(real_rome.job_titles) == 13_120
    assert len(real_rome.skills) == 17_810
    assert len(real_rome.knowledge) == 15_354
    assert len(real_rome.occupation_skills) == 90_556
    assert len(real_rome.mobilities) == 14_912


@pytest.mark.shared
def test_the_published_archive_is_read_within_seconds(real_rome_path):
    started = time.process_time()
    read_rome(real_rome_path)
    assert time.process_time() - started < 10


@pytest.mark.shared
def test_every_parent_of_the_published_archive_is_one_of_the_532_former_sheets(real_rome):
    codes = {occupation.code for occupation in real_rome.occupations}
    parents = {occupation.parent_code for occupation in real_rome.occupations}
    assert parents <= codes
    assert len({title.parent_code for title in real_rome.job_titles}) == 532


@pytest.mark.shared
def test_pharmaceutical_operators_are_in_their_own_sheet(real_rome):
    sheet = next(found for found in real_rome.occupations if found.code == "H2303")
    assert sheet.label == "Opérateur / Opératrice de fabrication en industrie pharmaceutique"
    assert sheet.parent_code == "H2301"
    assert sheet.definition.startswith("L'Opérateur(rice) de fabrication en industrie pharmaceutique")
    assert sheet.access.startswith("Cet emploi est accessible")


@pytest.mark.shared
def test_kinds_follow_the_publishers_categories(real_rome):
    kinds = Counter(skill.kind for skill in real_rome.every_skill())
    assert kinds == {"know_how": 17_810 + 491, "behaviour": 16, "knowledge": 15_354}


@pytest.mark.shared
def test_core_and_emerging_links_are_told_apart(real_rome):
    counted = Counter((link.core, link.emerging) for link in real_rome.occupation_skills)
    assert counted == {(True, False): 18_900, (False, True): 1_731, (False, False): 69_925}


def test_a_folder_reads_like_an_archive(small_rome):
    release = read_rome(small_rome.folder)
    assert [title.label for title in release.job_titles if title.rare] == ["Pilote de ligne de conditionnement"]
    assert OccupationSkill("H3301", "100", core=True) in release.occupation_skills
    assert release.occupation_contexts == (OccupationContext("H3301", "400"),)
    assert release.mobilities == (Mobility("H3301", "H3304", 1), Mobility("H3304", "H3301", 1))


def test_sentences_are_put_in_order_and_apostrophes_mended(small_rome):
    first, second = read_rome(small_rome.folder).occupations
    assert first.definition == "Conduit la ligne d'un atelier\nRègle les machines"
    assert second.access == "Accessible avec un CAP"


def test_a_skill_belongs_to_the_family_of_its_macro_skill(small_rome):
    (skill,) = read_rome(small_rome.folder).skills
    assert (skill.macro_code, skill.family) == ("300", "Conduire une ligne de production")


def test_the_parent_comes_from_the_job_titles_not_from_the_file_of_codes(small_rome):
    occupations = read_rome(small_rome.folder).occupations
    assert {found.code: found.parent_code for found in occupations} == {"H3301": "H3301", "H3304": "H3301"}


def test_most_job_titles_decide_the_parent():
    titles = [title("A1445", "I1502"), title("A1445", "I1502"), title("A1445", "A1415", principal=True)]
    assert parents_by_occupation(titles) == {"A1445": "I1502"}


def test_between_equals_the_principal_job_title_decides_the_parent():
    titles = [title("D1238", "D1204"), title("D1238", "M1302", principal=True)]
    assert parents_by_occupation(titles) == {"D1238": "M1302"}


def test_progress_is_told_from_start_to_end(small_rome):
    told = []
    read_rome(small_rome.folder, lambda done, total, what: told.append((done, total, what)))
    assert [done for done, _, _ in told] == [0, 1, 2, 3, 4]
    assert told[0] == (0, 4, "métiers")


def title(code: str, parent: str, *, principal: bool = False) -> JobTitle:
    return JobTitle("1", "Intitulé", "Intitulé", code, parent, principal=principal)

from campus.exchange.rome.comparing import Changes, Heir, Renamed, Snapshot, Split, Vanished, compare

BEFORE = Snapshot(
    occupations={"H2301": "Opérateur de production", "H3301": "Conducteur de ligne"},
    titles={"1": "H2301", "2": "H2301", "3": "H2301", "4": "H3301"},
    skills={"100": "Changer de format"},
)


def after(**changed) -> Snapshot:
    return Snapshot(**{"occupations": BEFORE.occupations, "titles": BEFORE.titles, "skills": BEFORE.skills, **changed})


def test_the_same_version_has_no_changes():
    assert compare(BEFORE, after()).none


def test_a_vanished_code_names_the_heir_of_its_job_titles():
    left = {"H2301": "Opérateur de production"}
    changes = compare(BEFORE, after(occupations=left, titles={**BEFORE.titles, "4": "H2301"}))
    assert changes == Changes(vanished=(Vanished("H3301", "Conducteur de ligne", (Heir("H2301", 1),)),))


def test_a_code_whose_job_titles_go_to_several_codes_is_split():
    occupations = {**BEFORE.occupations, "H2303": "Opérateur en pharmacie"}
    changes = compare(BEFORE, after(occupations=occupations, titles={**BEFORE.titles, "3": "H2303"}))
    heirs = (Heir("H2301", 2), Heir("H2303", 1))
    assert changes == Changes(split=(Split("H2301", "Opérateur de production", heirs),), added=("H2303",))


def test_a_code_may_vanish_and_be_split():
    occupations = {"H3301": "Conducteur de ligne", "H2303": "Pharmacie", "H2304": "Chimie"}
    titles = {"1": "H2303", "2": "H2304", "3": "H2304", "4": "H3301"}
    changes = compare(BEFORE, after(occupations=occupations, titles=titles))
    assert [gone.code for gone in changes.vanished] == ["H2301"]
    assert changes.split[0].heirs == (Heir("H2304", 2), Heir("H2303", 1))


def test_a_job_title_that_vanished_splits_nothing():
    assert compare(BEFORE, after(titles={"1": "H2301", "2": "H2301", "4": "H3301"})).none


def test_a_new_label_is_a_renaming():
    changes = compare(BEFORE, after(occupations={**BEFORE.occupations, "H3301": "Pilote de ligne"}))
    assert changes.renamed == (Renamed("H3301", "Conducteur de ligne", "Pilote de ligne"),)


def test_skills_that_came_and_went_are_listed():
    changes = compare(BEFORE, after(skills={"101": "Régler une ligne"}))
    assert (changes.skills_vanished, changes.skills_added) == (("100",), ("101",))


def test_a_skill_with_a_new_label_is_a_renaming():
    changes = compare(BEFORE, after(skills={"100": "Changer de format en autonomie"}))
    assert changes.skills_renamed == (Renamed("100", "Changer de format", "Changer de format en autonomie"),)

"""From words to the referential: proposals of the wizard, and the lists that open while one types."""

from campus.queries import understanding
from campus.services.revisions import bump
from tests.needs.walk import NEW

ADVERT = "Recherche conducteur de ligne (H/F). Vous changez de format et renseignez le dossier de lot."


def line_operator(make):
    labels = ["Changer de format", "Renseigner un dossier de lot", "Vider une ligne", "Nettoyer une ligne"]
    make.occupation("Soudeur / Soudeuse", (make.skill("Souder au TIG"),))
    return make.occupation("Conducteur / Conductrice de ligne", tuple(make.skill(each) for each in labels))


def test_an_advert_gets_its_occupation_with_the_words_that_led_to_it(make):
    trade = line_operator(make)
    first = understanding.propose(ADVERT).occupations[0]
    assert (first.id, first.words) == (trade.id, ("conducteur de ligne",))


def test_an_advert_gets_the_skills_it_names_before_those_of_the_sheet(make):
    line_operator(make)
    skills = understanding.propose(ADVERT).skills
    assert [each.named for each in skills] == sorted((each.named for each in skills), reverse=True)
    assert any("dossier de lot" in words for each in skills for words in each.words)


def test_a_course_gets_the_trade_of_its_title_and_the_skills_of_its_contents(make):
    trade = line_operator(make)
    found = understanding.propose_for_course("Conducteur de ligne", "Changement de format, dossier de lot", level=3)
    assert found.occupations[0].id == trade.id
    assert found.skills[0].named
    assert found.skills[0].words


def test_an_english_advert_gets_the_same_trade_with_its_own_words(make):
    trade = line_operator(make)
    first = understanding.propose("Line operator wanted: you will operate the line").occupations[0]
    assert first.id == trade.id
    assert {word.casefold() for word in first.words} & {"line", "operator", "line operator"}


def test_an_empty_referential_proposes_nothing(db):
    assert understanding.propose(ADVERT) == understanding.Proposals()
    assert understanding.find_skills("lot") == []


def test_what_is_kept_in_memory_is_read_again_when_the_referential_has_moved_on(make):
    assert understanding.find_skills("souder") == []
    make.skill("Souder au TIG")
    bump("referential")
    assert [each.label for each in understanding.find_skills("souder")] == ["Souder au TIG"]


def test_a_job_title_finds_its_occupation_whatever_the_accents_and_plurals(make):
    line_operator(make)
    assert understanding.find_occupations("CONDUCTRICES lignes")[0].label == "Conducteur / Conductrice de ligne"


def test_asking_for_proposals_fills_the_step_without_script(as_employer, make):
    trade = line_operator(make)
    as_employer.post_form(f"{NEW}/1", {"advert": ADVERT, "do": "propose"})
    page = as_employer.page(f"{NEW}/1")
    assert page.forms[-1].values["occupation"] == [str(trade.id)]
    assert len(page.forms[-1].values["keep"]) == 4
    assert "conducteur de ligne" in [mark.text for mark in page.all("mark")]


def test_proposing_again_keeps_what_was_chosen(as_employer, make):
    line_operator(make)
    mine = make.skill("Piloter un drone")
    sent = {"advert": ADVERT, "do": "propose", "row": str(mine.id), "keep": str(mine.id), f"level-{mine.id}": "2"}
    as_employer.post_form(f"{NEW}/1", sent)
    values = as_employer.page(f"{NEW}/1").forms[-1].values
    assert values["keep"] == [str(mine.id)]
    assert values[f"level-{mine.id}"] == ["2"]


def test_a_skill_is_added_by_a_button_of_the_results(as_employer, make):
    wanted = make.skill("Piloter un drone")
    as_employer.post_form(f"{NEW}/1", {"skill_search": "drones", "do": "add"})
    page = as_employer.page(f"{NEW}/1")
    assert ("do", f"add:{wanted.id}") in page.forms[-1].buttons
    as_employer.post_form(f"{NEW}/1", {"do": f"add:{wanted.id}"})
    assert as_employer.page(f"{NEW}/1").forms[-1].values["keep"] == [str(wanted.id)]


def test_the_enter_key_in_the_search_does_not_leave_the_step(as_employer, make):
    make.skill("Piloter un drone")
    answer = as_employer.post_form(f"{NEW}/1", {"skill_search": "drone", "do": "continue"})
    assert "/nouveau/1" in answer.location

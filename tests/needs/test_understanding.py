"""From words to the referential: proposals of the wizard, and the lists that open while one types."""

from sqlalchemy import select

from campus.models import NeedDraft, OccupationSkill
from campus.queries import quotations, understanding
from campus.services.revisions import bump
from campus.web.employers.need_trade import proposed
from tests.harness.pages import Page
from tests.needs.walk import NEW, token_of

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


def test_a_text_kept_before_anything_was_proposed_gets_its_proposals_when_opened(as_employer, make):
    trade = line_operator(make)
    as_employer.post(f"{NEW}/1/brouillon", data={"csrf_token": token_of(as_employer), "advert": ADVERT})
    values = as_employer.page(f"{NEW}/1").forms[-1].values
    assert (values["occupation"], len(values["keep"])) == ([str(trade.id)], 4)


def test_what_was_ticked_for_the_person_follows_the_text_until_they_touch_it(as_employer, make):
    line_operator(make)
    sent = typed_after(as_employer, {"advert": "Soudeur. Souder au TIG."})
    again = typed_after(as_employer, {**sent, "advert": ADVERT})
    assert len(again["keep"]) == 4
    assert not set(sent["keep"]) & set(again["keep"])
    touched = {**again, "keep": again["keep"][:3], "advert": "Soudeur. Souder au TIG."}
    assert typed_after(as_employer, touched)["keep"] == again["keep"][:3]


def test_proposals_while_typing_write_nothing(as_employer, make, db):
    line_operator(make)
    typed_after(as_employer, {"advert": ADVERT})
    assert db.session.scalars(select(NeedDraft)).all() == []


def test_passages_put_together_are_the_text():
    pieces = quotations.passages("abcdef", [(1, 3), (2, 4), (5, 6)])
    assert pieces == [("a", False), ("bc", True), ("d", True), ("e", False), ("f", True)]


def typed_after(client, typed):
    """Send what is typed so far; give the form as the answer would make it."""
    sent = {**typed, "csrf_token": token_of(client)}
    part = client.post(f"{NEW}/1/propositions", data=sent, headers={"HX-Request": "true"}).text
    form = Page(f"<!DOCTYPE html><html><body><form>{part}</form></body></html>").forms[-1]
    return {**form.values, "advert": typed["advert"]}


def test_a_job_title_alone_gets_the_skills_at_its_heart_as_essential_and_says_why(as_employer, make):
    trade = line_operator(make)
    beside = make.skill("Ranger les palettes")
    make.save(OccupationSkill(occupation_id=trade.id, skill_id=beside.id, core=False))

    typed, _found = proposed({"advert": ["conducteur de ligne"]})

    said = {each: typed[f"importance-{each}"] for each in typed["row"]}
    assert said.pop(str(beside.id)) == ["desired"]
    assert list(said.values()) == [["essential"]] * 4
    as_employer.post_form(f"{NEW}/1", {"advert": "conducteur de ligne", "do": "propose"})
    assert "au cœur de ce métier selon sa fiche ROME" in as_employer.page(f"{NEW}/1").text


def test_a_title_between_trades_makes_nothing_essential_but_what_most_rest_on(make):
    shared = make.skill("Conduire un engin")
    own = [make.skill(label) for label in ("Lever une palette", "Creuser un trou", "Charger un camion")]
    for name, each in zip(("chariot", "pelle", "grue"), own, strict=True):
        make.occupation(f"Conducteur de {name}", (shared, each))
    bump("referential")
    cores = {each.id: each.core for each in understanding.propose("conducteur").skills}
    assert cores == {shared.id: True, **{each.id: False for each in own}}

"""Signing in by the form without script; with script it is the first step of other journeys."""

from tests.journeys.steps import sign_in


def test_a_person_signs_in_without_script(visit, live_make):
    person = live_make.trainee(password=live_make.PASSWORD)
    with visit(java_script_enabled=False) as page:
        page.goto("/compte/connexion")
        sign_in(page, person.email, live_make.PASSWORD)
        assert page.locator("header form[action$='/deconnexion'], header a[href$='/compte/moi']").count()

"""The first look of a visitor."""


def test_a_visitor_reads_the_home_page(page, axe):
    page.goto("/")
    axe(page)


def test_a_person_signs_in(page, live_make):
    person = live_make.trainee(password=live_make.PASSWORD)
    page.goto("/compte/connexion")
    page.fill("[name=email]", person.email)
    page.fill("[name=password]", live_make.PASSWORD)
    page.click("main button")
    assert "connexion" not in page.url

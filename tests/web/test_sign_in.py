"""Signing in and out, as a browser sees it."""

PASSWORD = "un vitrail bleu au soleil"


def test_a_person_signs_in_with_their_address_and_password(client, make):
    person = make.trainee(password=PASSWORD)
    answer = client.post_form("/compte/connexion", {"email": person.email, "password": PASSWORD})
    assert answer.status_code == 303


def test_a_wrong_password_keeps_the_typed_address(client, make):
    person = make.trainee(password=PASSWORD)
    answer = client.post_form("/compte/connexion", {"email": person.email, "password": "autre chose"})
    assert answer.status_code == 422
    assert answer.page.forms[-1].values["email"] == [person.email]


def test_the_home_page_asks_the_database_for_little(as_staff, count_queries):
    with count_queries(at_most=4):
        as_staff.page("/")

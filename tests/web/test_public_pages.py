"""The pages that explain the service and its duties."""

from campus.matching.values import Rules


def test_the_ranking_page_shows_the_rules_in_force(client):
    text = client.page("/classement").text
    assert f"Règles, version {Rules().version}." in text
    assert f"moins de {Rules().least_skills} compétences" in text


def test_the_accessibility_statement_claims_no_audit(client):
    assert "non conforme (audit non réalisé)" in client.page("/accessibilite").text


def test_the_legal_page_says_when_the_publisher_is_not_given(client):
    assert "pas encore renseigné son nom" in client.page("/mentions-legales").text


def test_every_page_says_where_accessibility_stands(client):
    assert "Accessibilité" in client.page("/").text


def test_the_pages_exist_in_english(client):
    assert 'lang="en"' in client.get("/en/classement").text


def test_sentences_carry_the_spaces_of_french_typography(client):
    assert "Accessibilité\u00a0: non conforme" in client.get("/").text

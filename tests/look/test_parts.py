"""Each macro renders with every name defined, as valid HTML that says what it draws."""

import re

import html5lib
from markupsafe import escape

from tests.look import parts


def test_the_parts_page_is_strictly_valid_html():
    html5lib.HTMLParser(strict=True).parse(parts.page("parts.html"))


def test_no_id_stands_twice():
    ids = re.findall(r' id="([^"]+)"', parts.page("parts.html"))
    assert sorted(set(ids)) == sorted(ids)


def test_each_description_and_label_points_at_something():
    html = parts.page("parts.html")
    ids = set(re.findall(r' id="([^"]+)"', html))
    wanted = {
        name
        for names in re.findall(r' (?:for|aria-describedby|aria-labelledby)="([^"]+)"', html)
        for name in names.split()
    }
    assert wanted <= ids


def test_each_line_of_the_error_summary_leads_to_a_control():
    html = parts.page("parts.html")
    summary = html.split('class="errors"')[1].split("</ul>")[0]
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert targets == ["siret", "posts", "trade", "mails-0"]
    assert all(re.search(rf'<(?:input|select|textarea)[^>]* id="{target}"', html) for target in targets)


def test_a_wrong_field_says_why_next_to_itself():
    html = parts.page("parts.html")
    control = re.search(r'<input[^>]*id="siret"[^>]*>', html)
    assert 'aria-invalid="true"' in control[0]
    assert 'aria-describedby="siret-hint siret-err"' in control[0]


def test_a_form_with_errors_changes_the_title():
    assert "<title>Erreur : Pièces détachées – Campus</title>" in parts.page("parts.html", form=parts.wrong_form())
    assert "<title>Pièces détachées – Campus</title>" in parts.page("parts.html", form=parts.filled_form())


def test_what_people_typed_is_escaped():
    form = parts.wrong_form()
    form.siret.data = "<script>"
    assert str(escape("<script>")) in parts.page("parts.html", wrong=form)


def test_every_state_of_a_pane_has_its_words():
    html = parts.page("parts.html")
    for words in (
        "Couvert",
        "va au niveau 3",
        "2 sur 3",
        "manque 1 niveau",
        "Absent",
        "Entre 1 et 3",
        "requis à préciser",
    ):
        assert words in html


def test_small_numbers_are_hidden_with_their_colour():
    html = parts.page("parts.html")
    assert '<td role="cell" data-label="T3"><span class="quiet">chiffre caché</span></td>' in html


def test_a_quarter_without_posts_or_seats_says_so_and_opens_nothing():
    nothing = '<td role="cell" data-label="T4"><span class="heat__none small quiet">rien</span></td>'
    assert nothing in parts.page("parts.html")


def test_a_level_that_nobody_stated_is_said_to_be_missing():
    html = parts.page("parts.html")
    row = html.split("Lire un plan")[1].split("</tr>")[0]
    assert "None" not in row
    assert "Entre 0 et 3" in row

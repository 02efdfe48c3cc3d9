"""The strict reader finds the faults that it is there for."""

import pytest
from html5lib.html5parser import ParseError

from tests.harness.pages import Page

GOOD = """<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>Besoin</title></head><body><main>
<h1>Besoin\u202f!</h1><form method="post" action="/envoyer"><input type="hidden" name="csrf_token" value="abc">
<input name="titre" value="Ligne 3"><input type="checkbox" name="nuit" checked><input type="checkbox" name="jour">
<select name="niveau"><option value="1">1</option><option value="2" selected>2</option></select>
<textarea name="texte">
deux lignes</textarea><button name="action" value="plus">Envoyer</button></form></main></body></html>"""


def test_a_sound_page_has_no_fault():
    assert Page(GOOD).faults() == []


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        (' lang="fr"', "", "no lang"),
        ("<title>Besoin</title>", "<title> </title>", "<title>"),
        ("<h1>", "<h1>Deux</h1><h1>", "2 <h1>"),
        ("<main>", '<main style="color: red">', "inline style"),
        ("<main>", '<main onclick="go()">', "inline onclick"),
        ("<main>", "<main><script>go()</script>", "<script> without src"),
        ('value="abc"', 'value=""', "CSRF"),
        ("<h1>", '<p id="a"></p><p id="a"></p><h1>', "more than once"),
    ],
)
def test_each_fault_is_found(before, after, fault):
    assert before in GOOD
    assert [each for each in Page(GOOD.replace(before, after, 1)).faults() if fault in each]


def test_broken_syntax_is_refused():
    with pytest.raises(ParseError):
        Page(GOOD.replace("</main>", "</section>")).faults()


@pytest.mark.parametrize(
    ("before", "after"), [("</main>", "</section>"), ('value="abc"', 'value=""'), ('"b2"', '"b1"')]
)
def test_a_fault_is_found_after_a_sound_page_that_is_nearly_the_same(made_app, client, monkeypatch, before, after):
    sound = GOOD.replace("<h1>", '<p id="b1"></p><p id="b2"></p><h1>')
    monkeypatch.setitem(made_app.view_functions, "public.home.index", lambda: sound)
    assert client.get("/").page.h1 == client.get("/").page.h1
    assert before in sound
    monkeypatch.setitem(made_app.view_functions, "public.home.index", lambda: sound.replace(before, after))
    with pytest.raises((AssertionError, ParseError)):
        client.get("/")


def test_a_form_is_read_as_a_browser_would_send_it():
    assert Page(GOOD).forms[0].values == {
        "csrf_token": ["abc"],
        "titre": ["Ligne 3"],
        "nuit": ["on"],
        "niveau": ["2"],
        "texte": ["deux lignes"],
    }


def test_words_are_read_with_plain_spaces():
    assert Page(GOOD).h1 == "Besoin !"

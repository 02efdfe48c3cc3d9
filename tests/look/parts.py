"""A plain template environment for the parts: strict names, stand-ins for the globals of the web layer only."""

from datetime import date
from types import SimpleNamespace

import jinja2
from jinja2.ext import InternationalizationExtension
from werkzeug.datastructures import MultiDict
from wtforms import (
    FieldList,
    Form,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    validators,
)
from wtforms.fields.choices import SelectChoice

from campus.web.heat import Cell, HeatRow
from campus.web.windows import Offer, Pane, Row, Window


class PostsForm(Form):
    """Every kind of control once."""

    siret = StringField("SIRET de l’établissement", [validators.Length(14, 14, "Indiquez les 14 chiffres du SIRET.")])
    advert = TextAreaField("Votre offre d’emploi")
    posts = IntegerField("Nombre de postes", [validators.NumberRange(min=1, message="Indiquez au moins 1 poste.")])
    secret = PasswordField("Mot de passe")
    contract = SelectField("Contrat", choices=[SelectChoice("cdi", "CDI"), SelectChoice("cdd", "CDD")])
    trade = RadioField(
        "Quel métier ?",
        [validators.InputRequired("Choisissez un métier.")],
        choices=[SelectChoice("H3301", "Conductrice de ligne"), SelectChoice("H3302", "Agente de conditionnement")],
    )
    shifts = SelectMultipleField("Horaires", choices=[SelectChoice("day", "Journée"), SelectChoice("two", "2 × 8")])
    skill_name = StringField("Ajouter une compétence")
    mails = FieldList(StringField("Adresse", [validators.Length(min=3, message="Complétez l’adresse.")]))

    def hidden_tag(self) -> str:
        """Stand in for the hidden fields of the web layer's forms."""
        return ""


def filled_form() -> PostsForm:
    """Give a form with nothing wrong."""
    return PostsForm(MultiDict({"siret": "12345678900012", "posts": "4", "trade": "H3301", "shifts": "two"}))


def wrong_form() -> PostsForm:
    """Give a form with one error at each kind of field."""
    form = PostsForm(MultiDict({"siret": "123", "posts": "0", "contract": "cdi", "mails-0": "a"}))
    form.validate()
    return form


def window() -> Window:
    """Give a window with every state of a pane."""
    return Window(
        (Offer("Parcours conseillé", "2 formations, 364 h", True), Offer("Conduite de ligne", "280 h")),
        (
            Row("Changer de format", True, 3, (Pane(3, 3), Pane(3, 2))),
            Row("Régler une machine", True, 2, (Pane(2, 3), Pane(2, 0))),
            Row("Remplir le dossier de lot", False, 3, (Pane(3, 1, 3), Pane(3, None))),
            Row("Assurer la maintenance", False, None, (Pane(None, 2), Pane(None, None))),
            Row("Lire un plan", False, None, (Pane(None, None), Pane(None, None, 3))),
        ),
    )


def heat_rows() -> list[HeatRow]:
    """Give demand rows with each heat, one hidden."""
    cells = (Cell(14, 12, "/d/1"), Cell(38, 16, "/d/2"), Cell(12, 12, "/d/3"), Cell(8, 12, "/d/4"))
    return [
        HeatRow("Changer de format", "niveau 3", cells),
        HeatRow("Souder en TIG", "", (Cell(7, 0), Cell(15, 0), Cell(2, 0, hidden=True), Cell(0, 0, "/d/8"))),
    ]


def environment() -> jinja2.Environment:
    """Make the environment."""
    env = jinja2.Environment(
        loader=jinja2.ChoiceLoader([jinja2.FileSystemLoader("templates"), jinja2.FileSystemLoader("tests/look")]),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[InternationalizationExtension],
    )
    env.install_gettext_callables(lambda text: text, lambda one, many, count: one if count < 2 else many, newstyle=True)
    env.filters["short_day"] = lambda day: f"{day:%d/%m/%Y}"
    env.globals.update(
        asset=lambda path: "/static/" + path,
        asset_exists=lambda _path: False,
        url_for=lambda endpoint: "/" + endpoint.replace(".", "/"),
        csrf_token=lambda: "csrf-token",
        request=SimpleNamespace(base_url="http://127.0.0.1/pieces", host_url="http://127.0.0.1/"),
        today=lambda: date(2027, 2, 10),
        current_language=lambda: "fr",
        other_language=lambda: ("en", "English", "/en/pieces"),
        navigation=lambda: [
            ("public.home.index", "Métiers qui recrutent", True),
            ("public.courses", "Formations", False),
        ],
        account_links=lambda: [("accounts.sign_in", "Se connecter", False)],
        footer_links=lambda: [("Vos droits", [("public.legal", "Accessibilité : non conforme (audit non réalisé)")])],
        table_files=lambda: [("CSV", "/pieces/export.csv"), ("XLSX", "/pieces/export.xlsx")],
        notices=lambda: [{"kind": "ok", "text": "Besoin publié.", "undo": None}],
    )
    return env


def page(name: str, **values: object) -> str:
    """Render a page of parts."""
    given = {"window": window(), "heat_rows": heat_rows(), "filled": filled_form(), "wrong": wrong_form()}
    return environment().get_template(name).render(given | values)

"""The pages that explain the service and its duties."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template

from campus.web.ranking_words import ranking_page

blueprint = Blueprint("pages", __name__)


@blueprint.get("/nouveautes")
def news() -> str:
    """Say what changed, in plain words."""
    return render_template("public/pages/news.html")


@blueprint.get("/classement")
def ranking() -> str:
    """Explain how answers to a need are found and ordered."""
    return render_template("public/pages/ranking.html", page=ranking_page())


@blueprint.get("/accessibilite")
def accessibility() -> str:
    """Show the accessibility statement."""
    return render_template("public/pages/accessibility.html", settings=current_app.config["CAMPUS"])


@blueprint.get("/vos-donnees")
def privacy() -> str:
    """Say what is kept about people, why and how long."""
    return render_template("public/pages/privacy.html", settings=current_app.config["CAMPUS"])


@blueprint.get("/ecoconception")
def ecodesign() -> str:
    """Show the eco-design statement and its budgets."""
    return render_template("public/pages/ecodesign.html")


@blueprint.get("/mentions-legales")
def legal() -> str:
    """Say who publishes the service."""
    return render_template("public/pages/legal.html", settings=current_app.config["CAMPUS"])

"""The pages that explain the service and its duties."""

from __future__ import annotations

from flask import Blueprint, current_app, render_template

from campus.queries.report_published import latest_report, published_report
from campus.web import published_words, report_words
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


@blueprint.get("/chiffres")
def figures() -> str:
    """Show the last frozen figures, small ones hidden."""
    latest = latest_report()
    report = published_report(latest.id) if latest else None
    if report is None:
        return render_template("public/pages/figures.html", report=None)
    names = {key: report_words.cohort_name(key) for key in report.cohorts.rows}
    return render_template(
        "public/pages/figures.html",
        report=report,
        rungs=published_words.published_rungs(report.cohorts, report.firms, lambda _step: ""),
        cohorts=published_words.published_rows(report.cohorts, names, lambda _step, _key: ""),
        whole=published_words.whole_row(report.cohorts),
        rule=published_words.hidden_rule(),
        words=report_words,
    )


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

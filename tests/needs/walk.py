"""Walking the need wizard as a browser would."""

from __future__ import annotations

from typing import Any

NEW = "/entreprise/besoins/nouveau"


def trade(skills: list[Any], **given: Any) -> dict[str, Any]:
    """Fill step 1 with skills kept."""
    keys = [str(each.id) for each in skills]
    return {"title": "Conductrice de ligne", "advert": "", "row": keys, "keep": keys, "occupation": "other", **given}


def people(**given: Any) -> dict[str, Any]:
    """Fill step 2."""
    said = {"audience": "hiring", "posts": "4", "contract": "permanent", "shifts": "two_shifts", "diploma": "no"}
    return {**said, **given}


def walk(client: Any, skills: list[Any], **given: Any) -> Any:
    """Fill the four steps and post; give the last answer."""
    client.post_form(f"{NEW}/1", trade(skills, **given.get("trade", {})))
    client.post_form(f"{NEW}/2", people(**given.get("people", {})))
    client.post_form(f"{NEW}/3", given.get("constraints", {}))
    return client.post_form(f"{NEW}/4", {})


def token_of(client: Any) -> str:
    """Take the CSRF token off the first step."""
    return client.page(f"{NEW}/1").forms[-1].values["csrf_token"][0]

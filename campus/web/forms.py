"""The base of forms: shape and spelling; rules are elsewhere."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_wtf import CSRFProtect, FlaskForm

csrf = CSRFProtect()


class Form(FlaskForm):
    """A form whose texts come trimmed and whose error messages come from our catalogue."""

    class Meta(FlaskForm.Meta):
        """Trim what people type around their answers."""

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Any:
            """Trim every text but passwords, which are taken as typed."""
            filters = list(unbound_field.kwargs.get("filters", ()))
            kind = unbound_field.field_class.__name__
            if kind in {"StringField", "TextAreaField", "EmailField", "SearchField", "TelField"}:
                filters.append(trimmed)
            return unbound_field.bind(form=form, filters=filters, **options)


def trimmed(value: Any) -> Any:
    """Drop the white space around a text, and write its line ends in one way, whatever the browser."""
    return value.strip().replace("\r\n", "\n") if isinstance(value, str) else value


def install(app: Flask) -> None:
    """Guard every unsafe method against forged requests."""
    csrf.init_app(app)

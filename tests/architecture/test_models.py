"""What every table keeps to."""

import enum

import pytest
from sqlalchemy import CheckConstraint, DateTime, Enum, ForeignKeyConstraint, PrimaryKeyConstraint, UniqueConstraint

from campus.models import Base
from campus.models.base import UtcDateTime
from tests.architecture.code import files, name

MODELS = sorted(Base.__subclasses__(), key=lambda model: model.__name__)
TABLES = Base.metadata.sorted_tables
PREFIXES = {
    PrimaryKeyConstraint: "pk_",
    ForeignKeyConstraint: "fk_",
    UniqueConstraint: "uq_",
    CheckConstraint: "ck_",
}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_each_model_says_which_of_its_columns_are_personal(model):
    assert "__personal__" in vars(model), f"{model.__name__} declares no personal data: give NOTHING_PERSONAL if so"
    assert set(model.__personal__) <= set(model.__table__.columns.keys())


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_each_column_that_points_at_a_person_is_declared_or_names_who_decided(model):
    people = {
        column.name
        for column in model.__table__.columns
        if any(key.column.table.name == "accounts" for key in column.foreign_keys)
    }
    undeclared = {column for column in people - set(model.__personal__) if not column.endswith("_by_id")}
    if model.__name__ != "OneTimeLink":  # the account that a link opens is the e-mail that is declared
        assert not undeclared


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_constraints_are_named_by_the_convention(table):
    names = [(str(each.name or ""), PREFIXES[type(each)]) for each in table.constraints if type(each) in PREFIXES]
    names += [(str(index.name), ("ix_", "uq_")) for index in table.indexes]
    assert not [found for found, prefix in names if not found.startswith(prefix)]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_names_fit_postgresql(table):
    names = [str(each.name or "") for each in (*table.constraints, *table.indexes)]
    assert not [each for each in (table.name, *names) if len(each) > 63]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_enumerations_are_stored_by_value(table):
    for column in table.columns:
        if isinstance(column.type, Enum):
            kind = column.type.enum_class
            assert kind is not None
            assert issubclass(kind, enum.Enum)
            assert column.type.enums == [member.value for member in kind], column


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_instants_carry_their_zone(table):
    assert not [column.name for column in table.columns if isinstance(column.type, DateTime)]
    instants = [column for column in table.columns if isinstance(column.type, UtcDateTime)]
    assert not [column.name for column in instants if not column.name.endswith(("_at", "at", "_until"))]


def test_each_table_has_a_model_with_one_line_of_words():
    assert not [model.__name__ for model in MODELS if not (model.__doc__ or "").strip()]
    assert not [name(path) for path in files("*.py", "campus/models") if len(path.read_text().splitlines()) > 300]

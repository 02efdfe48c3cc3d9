"""What all tables share: keys, timestamps, constraint names, enums by value, declared personal data."""

from __future__ import annotations

import enum
import os
import time
import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, Date, DateTime, Dialect, Enum, MetaData, Uuid
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from campus import clock

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


@dataclass(frozen=True)
class Personal:
    """Why a column about a person is collected, and how long it is kept."""

    purpose: str
    kept: str


NOTHING_PERSONAL: dict[str, Personal] = {}


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, UTC in the database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time, store the rest in UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time must carry its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the time back aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def values_of(kind: type[enum.Enum]) -> list[str]:
    """List what the database stores for an enumeration."""
    return [member.value for member in kind]


class Base(DeclarativeBase):
    """The base of every table. Each says which of its columns are personal data in `__personal__`."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcDateTime,
        date: Date,
        uuid.UUID: Uuid,
        dict[str, Any]: JSON,
        list[Any]: JSON,
        enum.Enum: Enum(enum.Enum, native_enum=False, create_constraint=True, length=32, values_callable=values_of),
    }
    __personal__: ClassVar[dict[str, Personal]]


def random_id() -> uuid.UUID:
    """Make a UUID version 7: ordered by time for the index, unguessable for people (RFC 9562, section 5.7)."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds << 80) | int.from_bytes(os.urandom(10))
    value = (value & ~(0xF << 76)) | (0x7 << 76)
    value = (value & ~(0x3 << 62)) | (0x2 << 62)
    return uuid.UUID(int=value)


class RandomKey:
    """A key that nobody can guess, for whatever belongs to somebody."""

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=random_id)


class NumberKey:
    """A small key, for the public referentials with their many rows."""

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)


class Timestamps:
    """When the row was made and last changed."""

    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    updated_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)

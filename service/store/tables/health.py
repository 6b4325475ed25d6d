"""What Tocsin last learnt of itself."""

from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel


class VitalRow(SQLModel, table=True):
    """One thing last learnt, by name; `value` is plain data that `service.store.vitals` gives its shape."""

    __tablename__ = "vital"
    name: str = Field(primary_key=True)
    value: Any = Field(sa_type=JSON)

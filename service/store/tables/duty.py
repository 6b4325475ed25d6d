"""Who is on call, where people changed it."""

from datetime import datetime
from typing import Any

from sqlmodel import Field

from service.store.columns import Moment, stored
from service.store.tables.parts import NUMBERED, Numbered
from service.values import Override


class OverrideRow(Numbered, table=True):
    """Someone on call in another's place; `value` as it was made. Never deleted: one taken back ends at `ends_at`."""

    __tablename__ = "override"
    __table_args__ = (NUMBERED,)
    made_at: datetime = Field(sa_type=Moment)
    ends_at: datetime = Field(index=True, sa_type=Moment)
    value: Any = Field(sa_type=stored(Override))
    ended_by: str | None = None

"""The tables, in the order data flows.

Every stage's queue is a table that carries `due_at, claimed_until, attempts,
error`, and `crashes`: how often it was claimed without word of how that ended.
A row is *waiting* while `due_at` is set, *done* when both `due_at` and
`error` are empty, and *parked* when only `error` is left.  `due_at` is in
Tocsin's time; `claimed_until` is in the machine's, since a lease is a promise
between processes and must not pass when a trial moves the clock.
"""

from service.store.tables.access import AdminLogRow, AnsweredRow, ApiKeyRow, RefusedRow
from service.store.tables.alerts import (
    AlertLogRow,
    AlertRow,
    MissedRow,
    NoticeRow,
    OutboxRow,
    ReceiverRow,
    SilenceRow,
)
from service.store.tables.answers import CodeRow, HeardRow, TurnRow, WrongCodeRow
from service.store.tables.duty import OverrideRow
from service.store.tables.health import VitalRow
from service.store.tables.incidents import (
    CellRow,
    FigureRow,
    IncidentLogRow,
    IncidentRow,
    PinRow,
    SignalRow,
    VerdictRow,
)
from service.store.tables.intake import (
    DailyCountRow,
    DailyLanguageRow,
    FeedRow,
    ReportRow,
    ReportTextRow,
    RulesRow,
    SeenRow,
)

__all__ = [
    "AdminLogRow",
    "AlertLogRow",
    "AlertRow",
    "AnsweredRow",
    "ApiKeyRow",
    "CellRow",
    "CodeRow",
    "DailyCountRow",
    "DailyLanguageRow",
    "FeedRow",
    "FigureRow",
    "HeardRow",
    "IncidentLogRow",
    "IncidentRow",
    "MissedRow",
    "NoticeRow",
    "OutboxRow",
    "OverrideRow",
    "PinRow",
    "ReceiverRow",
    "RefusedRow",
    "ReportRow",
    "ReportTextRow",
    "RulesRow",
    "SeenRow",
    "SignalRow",
    "SilenceRow",
    "TurnRow",
    "VerdictRow",
    "VitalRow",
    "WrongCodeRow",
]

"""What the rooms hand each other, in the order data flows.

    Item → Report → Signal → Figure → Incident → Assessment → Notice → Message

All frozen: a stage makes a new value, it never changes one.  Times are aware
and in UTC; offsets count characters in `Report.text`.
"""

from service.values.alerts import (
    Alert,
    AlertState,
    Change,
    Message,
    Notice,
    Problem,
    Reason,
    Recipient,
)
from service.values.health import Journey, Look, Pulse, Reload
from service.values.incidents import (
    Act,
    Assessment,
    Axis,
    Conversion,
    Crossing,
    Facet,
    FacetState,
    Figure,
    Incident,
    IncidentState,
    Pin,
    Verdict,
    VerdictState,
)
from service.values.reports import (
    Item,
    Report,
)
from service.values.signals import (
    Dropped,
    Evidence,
    Place,
    Reading,
    Signal,
    Weighed,
)
from service.values.words import (
    Assertion,
    Cause,
    Certainty,
    Hazard,
    Kind,
    Level,
    PlaceFrom,
    Precision,
    Quantifier,
    Scope,
    Unit,
    Urgency,
    Victims,
)

__all__ = [
    "Act",
    "Alert",
    "AlertState",
    "Assertion",
    "Assessment",
    "Axis",
    "Cause",
    "Certainty",
    "Change",
    "Conversion",
    "Crossing",
    "Dropped",
    "Evidence",
    "Facet",
    "FacetState",
    "Figure",
    "Hazard",
    "Incident",
    "IncidentState",
    "Item",
    "Journey",
    "Kind",
    "Level",
    "Look",
    "Message",
    "Notice",
    "Pin",
    "Place",
    "PlaceFrom",
    "Precision",
    "Problem",
    "Pulse",
    "Quantifier",
    "Reading",
    "Reason",
    "Recipient",
    "Reload",
    "Report",
    "Scope",
    "Signal",
    "Unit",
    "Urgency",
    "Verdict",
    "VerdictState",
    "Victims",
    "Weighed",
]

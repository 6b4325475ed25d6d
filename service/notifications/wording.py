"""The words of a notice, whatever it is about."""

from datetime import datetime

from service.notifications.brief import of_brief
from service.notifications.bulletin import Bulletin, Links, of_incident, of_problem
from service.notifications.drill import of_drill
from service.notifications.times import Zone
from service.values import Notice


def bulletin(notice: Notice, links: Links, now: datetime, zone: Zone | None, *, duplicate: bool) -> Bulletin:
    """The words of a notice; raises ValueError where there is nothing that it is about."""
    if notice.incident is not None:
        return of_incident(notice, notice.incident, links, now, zone, duplicate)
    if notice.problem is not None:
        return of_problem(notice, notice.problem, links, now, zone, duplicate)
    if notice.brief is not None:
        return of_brief(notice.brief, notice, links, now, duplicate)
    if notice.drill is not None:
        return of_drill(notice, notice.drill, links, now, duplicate)
    raise ValueError(f"notice of alert {notice.alert_id} is about nothing")

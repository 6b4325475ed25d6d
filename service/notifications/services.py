"""Apprise's own plug-ins, made from an address: parsed, without the options we do not let it set; only to send."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from service.notifications.channel import BadAddress, understood

if TYPE_CHECKING:
    from apprise import AppriseAsset, NotifyBase


def parsed(address: str) -> tuple[Any, dict[str, Any]]:
    """The plug-in's class and what its address says. Raises BadAddress where Apprise knows no such service."""
    from apprise.manager_plugins import NotificationManager
    from apprise.plugins import url_to_dict

    read: Any = url_to_dict
    services: Any = NotificationManager
    found: dict[str, Any] | None = read(address, secure_logging=True)
    if not found:
        raise BadAddress("it is the address of no service that Apprise knows")
    return services()[found["schema"]], understood(found)


def instance(service: Any, given: Mapping[str, Any], asset: "AppriseAsset") -> "NotifyBase":
    """A fresh plug-in for one recipient. Raises BadAddress where the address lacks something, or reaches several."""
    from apprise.exception import AppriseException

    try:
        plugin: NotifyBase = service(asset=asset, **given)
    except (AppriseException, TypeError):
        raise BadAddress("the service does not take it: something is missing or wrong in it") from None
    if len(plugin) != 1:
        raise BadAddress("a message goes to exactly one recipient")
    plugin.request_rate_per_sec = 0  # ours: the outbox sets the pace
    return plugin

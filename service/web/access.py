"""Who is asking, and what they may do."""

from ipaddress import ip_address, ip_network
from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPBasic, HTTPBasicCredentials, HTTPBearer
from fastapi.security.http import HTTPAuthorizationCredentials
from starlette.exceptions import HTTPException

from service.desk import keys
from service.desk.alerts import Desk
from service.desk.keys import Caller
from service.errors import Refused
from service.rulebook import Rulebook
from service.rules import Rules
from service.settings import Settings
from service.store.database import Database

# Errors are raised by us, so that they are problem details like every other.
bearer = HTTPBearer(auto_error=False, description="An API key of `tocsin keys create`.")
LONGEST_HOST = 100
basic = HTTPBasic(auto_error=False, realm="Tocsin: any name, an API key as password")


def settings_of(request: Request) -> Settings:
    found: Settings = request.app.state.settings
    return found


def database_of(request: Request) -> Database:
    found: Database = request.app.state.database
    return found


def desk_of(request: Request) -> Desk:
    found: Desk = request.app.state.desk
    return found


def rules_in_force(request: Request) -> Rules:
    """The rules everyone goes by. Raises Refused (503) where none were ever in force."""
    rulebook: Rulebook = request.app.state.rulebook
    rules = rulebook.newest()
    if rules is None:
        raise Refused("No alerts.yaml is in force yet.", status=503)
    return rules


InForce = Annotated[Settings, Depends(settings_of)]
Store = Annotated[Database, Depends(database_of)]
AtDesk = Annotated[Desk, Depends(desk_of)]
Ruled = Annotated[Rules, Depends(rules_in_force)]


def address_of(request: Request) -> str:
    """Where a request comes from, by which bad keys are counted: of an IPv6 address the network, as one has many."""
    host = request.client.host if request.client else "unknown"
    try:
        address = ip_address(host)
    except ValueError:
        return host[:LONGEST_HOST]
    return str(ip_network((address, 64), strict=False)) if address.version == 6 else str(address)


Address = Annotated[str, Depends(address_of)]


def api_caller(
    settings: InForce,
    database: Store,
    address: Address,
    given: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
) -> Caller:
    """Whoever holds the key in `Authorization: Bearer`. Raises Refused (401)."""
    if given is None:
        raise Refused("Give an API key: Authorization: Bearer KEY.", status=401)
    return keys.caller(database, given.credentials, settings.clock.now(), address)


Key = Annotated[Caller, Depends(api_caller)]


def console_caller(
    settings: InForce,
    database: Store,
    address: Address,
    given: Annotated[HTTPBasicCredentials | None, Depends(basic)],
) -> None:
    """Lets a reader of the console in: on this machine anyone, from elsewhere whoever has a key."""
    if settings.web_is_private:
        return
    if given is None:
        raise HTTPException(401, "Give any name, and an API key as password.", {"WWW-Authenticate": basic_challenge()})
    keys.caller(database, given.password, settings.clock.now(), address)


def basic_challenge() -> str:
    return f'Basic realm="{basic.realm}", charset="UTF-8"'


def may(caller: Caller, permission: str) -> None:
    """Raises Refused (403) where the caller's role lacks the permission."""
    if not caller.may(permission):
        raise Refused(f"The role '{caller.role}' may not {permission}.", status=403)

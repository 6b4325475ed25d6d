"""A request that changes something: done once, and only upon what its caller saw, all in one transaction.

    acting.done(lambda database: ..., of=alert(7))

Whether it was answered before, whether its object is as the caller saw it, the act, and the answer to be given
again are one transaction.  An act that is refused has done nothing and is not kept: asked again, it is tried again.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from fastapi import Depends, Header, Request, Response
from pydantic import BaseModel

from service.alerts.acts import Officer
from service.desk.keys import Caller
from service.errors import Refused
from service.store import answered, versions
from service.store.answered import Answer
from service.store.database import Connection, Database, Within
from service.store.versions import Version
from service.web.access import InForce, Key, Store, may
from service.web.problems import may_answer
from service.web.tags import IfMatch, check

Once = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        pattern=r"^[\x21-\x7e]+$",
        max_length=255,
        description="any name of your own for this request: sent again within 24 hours it is answered as before",
    ),
]


@dataclass(frozen=True, slots=True)
class Object:
    """What an act is about: how people name it, and how its version is read and held."""

    name: str
    version: Callable[[Connection], Version | None]


def alert(alert_id: int) -> Object:
    return Object(f"alert {alert_id}", lambda db: versions.of_alert(db, alert_id, for_update=True))


def incident(incident_id: int) -> Object:
    return Object(f"incident {incident_id}", lambda db: versions.of_incident(db, incident_id, for_update=True))


@dataclass(frozen=True, slots=True)
class Acting:
    """Who asks, when, for what (`digest`), under which name, and having seen what."""

    caller: Caller
    database: Database
    now: datetime
    digest: str
    name: str | None
    seen: str | None

    def officer(self, permission: str, why: str = "") -> Officer:
        """The caller as who acts. Raises Refused (403) where their role may not."""
        may(self.caller, permission)
        return Officer(self.caller.name, self.now, "api", why.strip())

    def done(self, act: Callable[[Database], BaseModel], of: Object | None = None, status: int = 200) -> Response:
        """Do it, unless it was done under this name before; either way its answer.

        Raises Refused: 422 where the name was given to another request, 409 where that is being answered, 412
        where its object has changed since; and whatever the act raises.
        """
        with self.database.writing() as db:
            answer = self._before(db)
            repeated = answer is not None
            if answer is None:
                if of is not None and self.seen is not None:
                    check(self.seen, of.version(db), of.name)
                answer = Answer(self.digest, status, act(Within(db)).model_dump_json())
                self._keep(db, answer)
        headers = {"Idempotent-Replayed": "true"} if repeated else {}
        return Response(answer.body, answer.status, headers, "application/json")

    def _before(self, db: Connection) -> Answer | None:
        if self.name is None:
            return None
        if not answered.hold(db, self.caller.id, self.name):
            raise Refused("The same request is being answered right now: ask again in a moment.")
        found = answered.find(db, self.caller.id, self.name, self.now - answered.KEPT)
        if found is not None and found.digest != self.digest:
            raise Refused("This Idempotency-Key was given to another request: use a new one.", status=422)
        return found

    def _keep(self, db: Connection, answer: Answer) -> None:
        if self.name is not None:
            answered.keep(db, self.caller.id, self.name, answer, self.now)


async def acting(
    request: Request, caller: Key, settings: InForce, database: Store, once: Once = None, if_match: IfMatch = None
) -> Acting:
    """The request as what is to be done; equal are those of one method, path, query and body."""
    asked = hashlib.sha256(f"{request.method} {request.url.path}?{request.url.query}\n".encode())
    asked.update(await request.body())
    return Acting(caller, database, settings.clock.now(), asked.hexdigest(), once, if_match)


Act = Annotated[Acting, Depends(acting)]


def done(model: type[BaseModel]) -> dict[str, Any]:
    """What every act declares: how it answers, and how it may be refused."""
    return {"response_model": model, "responses": may_answer(404, 409, 412)}

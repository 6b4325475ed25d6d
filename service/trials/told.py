"""Reports given from outside → figures → incidents: what the running service would make of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from service.figures import Provenance, figures
from service.incidents.assemble import assemble
from service.incidents.gather import Gathering, gather, members
from service.incidents.origins import host
from service.reading import read_text
from service.rules.model import Rules
from service.values import Figure, Incident

Country = str
# The grade of a publisher that is none of the feeds': whoever gives a file of reports vouches for it so far.
VOUCHED = "C"


@dataclass(frozen=True, slots=True)
class Told:
    """One report as it is given: `text` holds title, newline, body."""

    id: str
    text: str
    published: datetime
    lang: str | None = None
    publisher: str | None = None
    link: str | None = None


def figures_told(reports: Iterable[Told], rules: Rules) -> Iterator[tuple[Country, Figure]]:
    """Every figure of the reports with the country it is gathered in; a report's place is its number."""
    for number, report in enumerate(reports):
        publisher = report.publisher or host(report.link) or report.id
        feed = next((feed for feed in rules.feeds if publisher in (feed.publisher, feed.name)), None)
        source = Provenance(
            report_id=number,
            said_at=report.published,
            read_at=report.published,
            publisher=publisher,
            link=report.link,
            grade=feed.grade if feed else VOUCHED,
        )
        _, reading = read_text(report.text, report.lang, report.published, feed.country if feed else None)
        for country, figure in figures(report.text, reading, source, rules):
            yield country or "", figure


def incidents_told(told: Iterable[tuple[Country, Figure]], rules: Rules) -> list[Incident]:
    """The incidents that figures make, by their beginning."""
    by_country: dict[Country, list[Figure]] = {}
    for id, (country, figure) in enumerate(told, 1):
        by_country.setdefault(country, []).append(replace(figure, id=id))
    found = [
        replace(assemble(group), id=founder)
        for country, said in by_country.items()
        for founder, group in members(said, gathered(said, country, rules).homes).items()
    ]
    return sorted(found, key=lambda incident: (incident.started, incident.id))


def gathered(said: Iterable[Figure], country: Country, rules: Rules) -> Gathering:
    """The figures of one country, gathered as the rules in force ask."""
    return gather(said, Gathering(by_area_and_day=country in rules.standing))

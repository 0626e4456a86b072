"""From articles to incidents: the steps in their order."""

from __future__ import annotations

from collections.abc import Iterable

from sijill.records.incidents.blocking import candidate_pairs
from sijill.records.incidents.clustering import average_link
from sijill.records.incidents.reports import Table, read_reports
from sijill.records.incidents.schema import IncidentRecord
from sijill.records.incidents.scoring import scores
from sijill.records.incidents.summary import incident_of
from sijill.records.schema import ArticleRecord


def link_events(articles: Iterable[ArticleRecord]) -> list[IncidentRecord]:
    """Bring the reports of one incident together, in the order of first report; every report is in one incident.

    Events take part that are stated or alleged to have happened and are no background. Two events of one article are
    always two incidents, as what one article tells twice is one event already. An event without day of its own or of its
    article, without any place, or spread over more than a week stands alone. An article that is given twice counts once.

    >>> link_events([])
    []
    """
    reports = read_reports(articles)
    table = Table(reports)
    first, second = candidate_pairs(table)
    groups = average_link(table.article, first, second, scores(table, first, second))
    incidents = (incident_of([reports[i] for i in group]) for group in groups)
    return sorted(incidents, key=lambda i: (str(i.first_report or ""), i.id))

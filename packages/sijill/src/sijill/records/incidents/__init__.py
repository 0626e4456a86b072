"""Across articles: reports of one incident by several articles become one `IncidentRecord`.

`sijill.records.assembly` has made one record of each incident within an article. Here the records of all articles meet:

| step | module |
|---|---|
| what each event tells, as arrays | `reports` |
| pairs that day, place and kind let be one | `blocking` |
| how much speaks for each pair | `scoring` |
| groups of reports, never two of one article | `clustering` |
| what a group comes to | `summary` |

Pairs are only made within ten kilometres and a day of each other, so that the cost grows with the number of events and
not with its square.
"""

from sijill.records.incidents.linking import link_events
from sijill.records.incidents.schema import IncidentRecord

__all__ = ["IncidentRecord", "link_events"]

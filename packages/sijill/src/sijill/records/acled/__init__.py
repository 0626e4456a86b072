"""ACLED coding: an article's event records as rows of ACLED's export, by the rules of its public codebook.

ACLED (acleddata.com) codes political violence and demonstrations. `code_events` gives the rows, `explain` in addition
the reason for each event record that is none.
"""

from sijill.records.acled.coding import code_events, explain
from sijill.records.acled.rows import SUB_EVENTS, AcledRow, Decision

__all__ = ["SUB_EVENTS", "AcledRow", "Decision", "code_events", "explain"]

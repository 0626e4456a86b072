"""CSV with the 31 columns of ACLED; which events become rows, and how, is `sijill.records.acled`'s to say."""

from __future__ import annotations

from pathlib import Path

from sijill.export.csv import table_writer


def writer(path: Path):
    """Write the rows that ACLED's rules make of articles."""
    from sijill.records.acled import AcledRow, code_events

    columns = list(AcledRow.model_fields)
    return table_writer(
        path,
        [columns],
        lambda article: ([getattr(row, name) for name in columns] for row in code_events(article)),
    )

"""The pipeline's components. Each module registers a factory; only spaCy, Thinc and numpy are imported here."""

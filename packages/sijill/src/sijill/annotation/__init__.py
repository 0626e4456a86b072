"""The annotation scheme as code: labels, marked articles, their checks and their way into spaCy."""

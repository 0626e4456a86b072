"""Sijill (سجل, a register): Arabic reporting on armed conflict as records that can be counted and checked."""

from importlib.metadata import PackageNotFoundError, version

from sijill.extensions import register_extensions

try:
    __version__ = version("sijill")
except PackageNotFoundError:  # a source tree that is not installed
    __version__ = "0+unknown"

register_extensions()

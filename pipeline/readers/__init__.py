"""From files and folders to articles, one at a time, with a problem listed for whatever cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipeline.readers.choices import Choices
    from pipeline.readers.recognised import Recognised, recognise
    from pipeline.readers.sources import READERS, read_files, read_sources
    from pipeline.readers.tally import FileRead

__all__ = ["READERS", "Choices", "FileRead", "Recognised", "read_files", "read_sources", "recognise"]


def __getattr__(name: str) -> object:
    """Load what is asked for, and no more: whoever annotates articles, or finds nothing new, reads no files."""
    from importlib import import_module  # noqa: PLC0415  every name asked for goes through here once

    places = {"Choices": "choices", "FileRead": "tally", "Recognised": "recognised", "recognise": "recognised"}
    if name not in __all__:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    attribute: object = getattr(import_module(f"pipeline.readers.{places.get(name, 'sources')}"), name)
    globals()[name] = attribute
    return attribute

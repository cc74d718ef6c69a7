"""From files and folders to articles, one at a time, with a problem listed for whatever cannot be used."""

from __future__ import annotations

from pipeline.readers.choices import Choices
from pipeline.readers.recognised import Recognised, recognise
from pipeline.readers.sources import READERS, read_files, read_sources
from pipeline.readers.tally import FileRead

__all__ = ["READERS", "Choices", "FileRead", "Recognised", "read_files", "read_sources", "recognise"]

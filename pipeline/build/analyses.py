"""Registers every analysis as a spaCy component, so that ``nlp.add_pipe("quotes")`` works.

Each component reads a parsed ``Doc`` and leaves values on ``doc._``; its module declares the attributes it needs.
"""

from __future__ import annotations

import pipeline.coreference.component
import pipeline.entities.administrations
import pipeline.entities.component
import pipeline.furniture.component
import pipeline.language.cited_sources
import pipeline.language.labels
import pipeline.language.phrases
import pipeline.language.tone
import pipeline.language.voice
import pipeline.places.component
import pipeline.portrayals.component
import pipeline.quotes.component  # noqa: F401  imported, like the others, for the factory it registers

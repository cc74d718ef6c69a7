"""One spaCy ``Language`` with all analyses, and the two ways through it: from text, or from a cached parse."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import pipeline.build.analyses  # noqa: F401  registers the factories
from pipeline import DEFAULT_MODEL
from pipeline.build.cache import parser_id
from pipeline.core.parse import BATCH_SIZE, load_model, pack, unpack
from pipeline.models.memory import loads_a_model

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from spacy.language import Language
    from spacy.tokens import Doc

    from pipeline.core.annotations import Context

# In order: each reads what those before it left.
ANALYSES: Final = (
    "furniture",
    "entities",
    "jurisdictions",
    "administrations",
    "references",
    "quotes",
    "sources",
    "voice",
    "tone",
    "portrayals",
    "labels",
    "phrases",
)


class Annotator:
    """Annotates texts. Costly to make (it loads the model): make one a process, with :func:`annotator`."""

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        self.nlp: Language = load_model(model)
        for name in ANALYSES:
            if name not in self.nlp.pipe_names:
                self.nlp.add_pipe(name)
        self._analyses = [self.nlp.get_pipe(name) for name in ANALYSES]
        self.parser = parser_id(model)

    def parse(self, texts: Iterable[str]) -> Iterator[Doc]:
        """Parse texts, in order, without analysing them."""
        with self.nlp.select_pipes(disable=list(ANALYSES)):
            yield from self.nlp.pipe(texts, batch_size=BATCH_SIZE)

    def parse_each(self, texts: Sequence[str]) -> list[Doc | Exception]:
        """Parse texts, in order; one that the model cannot take gives its exception, and the others their ``Doc``."""
        try:
            return list(self.parse(texts))
        except Exception as error:  # noqa: BLE001  whatever a model raises on one text, the others go on
            if len(texts) == 1:
                return [error]
        return [self.parse_each([text])[0] for text in texts]

    def analyse(self, doc: Doc, context: Context) -> Doc:
        """Run every analysis on a parsed ``doc``."""
        doc._.context = context
        for analysis in self._analyses:
            doc = analysis(doc)
        return doc

    def pack(self, doc: Doc) -> bytes:
        """The parse of ``doc`` as bytes."""
        return pack([doc])

    def unpack(self, data: bytes) -> Doc:
        """The parse that :meth:`pack` wrote."""
        return unpack(data, self.nlp)[0]


@loads_a_model
@lru_cache(maxsize=1)
def annotator(model: str = DEFAULT_MODEL) -> Annotator:
    """The annotator of this process."""
    return Annotator(model)

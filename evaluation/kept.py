"""Parses and vectors of labelled texts, kept between runs: a floor asks what the analyses make of them.

The key is a hash of the text, of the model and its version, and of the code that parses or encodes, so that any change
of these does it again. What is kept is what a build keeps, so that the analyses see what they see in a build.
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pipeline.build.annotator import annotator
from pipeline.build.cache import ParseCache, VectorCache, parse_key
from pipeline.build.code_digest import digest
from pipeline.core.embedding import encoder, encoder_id
from pipeline.core.parse import BATCH_SIZE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from spacy.tokens import Doc

# Thrown away at no loss.
FOLDER: Final = Path(__file__).parents[1] / ".cache"


def parsed(texts: Iterable[str], name: str) -> Iterator[Doc]:
    """The parse of each text, in order, as a build would have it.

    ``name`` is that of the set: each set has a file of its own, as one process writes to a file.
    """
    FOLDER.mkdir(exist_ok=True)
    annotate = annotator()
    parser = f"{annotate.parser} {digest(['pipeline.core.parse'])}"
    cache = ParseCache(FOLDER / f"parses-{name}.sqlite")
    rest = iter(texts)
    try:
        while batch := list(islice(rest, BATCH_SIZE)):
            keys = [parse_key(text, parser) for text in batch]
            kept = {key: data for key in keys if (data := cache.get(key))}
            new = {key: text for key, text in zip(keys, batch, strict=True) if key not in kept}
            made = {key: annotate.pack(doc) for key, doc in zip(new, annotate.parse(new.values()), strict=True)}
            cache.put(made.items())
            yield from (annotate.unpack((kept | made)[key]) for key in keys)
    finally:
        cache.close()


def vectors(name: str) -> VectorCache:
    """The encoder of texts, which keeps the vectors of the set ``name``."""
    FOLDER.mkdir(exist_ok=True)
    version = f"{encoder_id()} {digest(['pipeline.core.embedding'])}"
    return VectorCache(FOLDER / f"vectors-{name}.sqlite", encoder, version)

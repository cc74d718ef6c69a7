"""Where the labelled sets are, which modules measure on them, and parses and vectors of their texts.

Parses and vectors are kept between runs: a figure asks what the analyses make of them. The key is a hash of the text,
the model and its version, and the code that parses or encodes, so that any change of these does it again. What is kept
is what a build keeps, so that the analyses see what they see in a build.
"""

from __future__ import annotations

import gzip
import json
import os
import pkgutil
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pipeline.build.annotator import annotator
from pipeline.build.cache import ParseCache, VectorCache, parse_key
from pipeline.build.code_digest import digest
from pipeline.core.embedding import encoder, encoder_id
from pipeline.core.parse import BATCH_SIZE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import ModuleType

    from spacy.tokens import Doc

_VARIABLE: Final = "FRAMELENS_EVAL"
_PROJECT: Final = Path(__file__).parents[1]
# Thrown away at no loss.
KEPT: Final = _PROJECT / ".cache"


def folder() -> Path:
    """The folder of the labelled sets: what ``FRAMELENS_EVAL`` names, else ``shared/eval`` beside the project."""
    return Path(os.environ.get(_VARIABLE) or _PROJECT.parent / "shared" / "eval")


def corpus(name: str = "immigration") -> Path:
    """Articles on immigration, or ``general`` ones, one a line, in the folder ``corpus`` beside the labelled sets."""
    return folder().parent / "corpus" / f"{name}.jsonl.gz"


def corpus_rows(name: str = "immigration") -> dict[str, dict[str, Any]]:
    """The rows of :func:`corpus` by the id of the article."""
    with gzip.open(corpus(name), "rt", encoding="utf-8") as lines:
        return {row["id"]: row for row in map(json.loads, lines)}


def name_folder() -> None:
    """Let ``FRAMELENS_EVAL`` name the folder that is used, for the modules that read the variable."""
    if folder().is_dir():
        os.environ.setdefault(_VARIABLE, str(folder()))


def measures() -> Iterator[ModuleType]:
    """The modules beside this one that measure something: each has ``NAME``, ``available()`` and ``measure()``."""
    for module_info in sorted(
        pkgutil.iter_modules([str(Path(__file__).parent)]), key=lambda module_info: module_info.name
    ):
        if module_info.name.startswith(("_", "test_")) or module_info.name == "sets":
            continue
        module = import_module(f"evaluation.{module_info.name}")
        if hasattr(module, "measure"):
            yield module


def parsed(texts: Iterable[str], name: str) -> Iterator[Doc]:
    """The parse of each text, in order, as a build would have it.

    ``name`` is that of the set: each set has a file of its own, as one process writes to a file.
    """
    KEPT.mkdir(exist_ok=True)
    annotate = annotator()
    parser = f"{annotate.parser} {digest(['pipeline.core.parse'])}"
    cache = ParseCache(KEPT / f"parses-{name}.sqlite")
    rest = iter(texts)
    try:
        while batch := list(islice(rest, BATCH_SIZE)):
            keys = [parse_key(text, parser) for text in batch]
            packed_kept = {key: data for key in keys if (data := cache.get(key))}
            new = {key: text for key, text in zip(keys, batch, strict=True) if key not in packed_kept}
            packed_made = {key: annotate.pack(doc) for key, doc in zip(new, annotate.parse(new.values()), strict=True)}
            cache.put(packed_made.items())
            yield from (annotate.unpack((packed_kept | packed_made)[key]) for key in keys)
    finally:
        cache.close()


def vectors_kept(name: str) -> VectorCache:
    """The encoder of texts, which keeps the vectors of the set ``name``."""
    KEPT.mkdir(exist_ok=True)
    version = f"{encoder_id()} {digest(['pipeline.core.embedding'])}"
    return VectorCache(KEPT / f"vectors-{name}.sqlite", encoder, version)

"""The expensive half of the pipeline: text to a parsed ``Doc``, and its compact form for the cache."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
import spacy
from spacy.attrs import IS_SPACE, ORTH, SENT_START
from spacy.language import Language
from spacy.tokens import DocBin

from pipeline import DEFAULT_MODEL
from pipeline.core.word_lists import dotted_words
from pipeline.models import weights
from pipeline.models.long_runs import RunBreaker
from pipeline.models.memory import loads_a_model
from pipeline.models.meta import folders_of, not_installed
from pipeline.models.row_products import use_row_products
from pipeline.models.tag_rules import look_up_tag_rules

if TYPE_CHECKING:
    from spacy.tokens import Doc

# Batches of 8 to 16 articles are as fast as larger ones; 128 need over a gigabyte of memory.
BATCH_SIZE: Final = 8

# Sentence starts follow from HEAD. Lemmas are not kept: nothing reads them, and making them costs a tenth of the parse.
_KEPT: Final = ("TAG", "POS", "MORPH", "HEAD", "DEP", "ENT_IOB", "ENT_TYPE")


@Language.component("line_starts", assigns=["token.is_sent_start"])
def line_starts(doc: Doc) -> Doc:
    """Start a sentence after every line break: headlines, captions and paragraphs end without a full stop."""
    is_space = doc.to_array([IS_SPACE]).ravel()
    starts = np.zeros(len(doc), dtype=np.uint64)
    for i in np.flatnonzero(is_space[:-1] > is_space[1:]).tolist():
        if "\n" in doc[i].text:
            starts[i + 1] = 1
    # All at once: spaCy looks through the whole document each time a single token is set.
    return doc.from_array([SENT_START], starts)  # type: ignore[arg-type]  # one attribute may be one column


@loads_a_model
@lru_cache(maxsize=2)
def load_model(name: str = DEFAULT_MODEL) -> Language:
    """Load a spaCy model with just what the components read.

    Raises:
        ValueError: no such model is installed.
    """
    for folder in folders_of(name):
        weights.check(name, folder)
    try:
        nlp = spacy.load(name, exclude=["lemmatizer"])
    except OSError as error:
        raise not_installed(name) from error
    tokenizer = RunBreaker(nlp.tokenizer)
    for word in dotted_words():
        # Else most of these end a sentence: "said Sgt. Ann Lee" would be two.
        tokenizer.add_special_case(f"{word}.", [{ORTH: f"{word}."}])
    nlp.tokenizer = tokenizer
    nlp.add_pipe("line_starts", first=True)
    use_row_products(nlp)
    look_up_tag_rules(nlp)
    return nlp


def pack(docs: list[Doc]) -> bytes:
    """Parsed documents as bytes: about 4 KB an article."""
    return DocBin(attrs=list(_KEPT), docs=docs).to_bytes()


def unpack(data: bytes, nlp: Language) -> list[Doc]:
    """The documents that :func:`pack` wrote."""
    return list(DocBin().from_bytes(data).get_docs(nlp.vocab))

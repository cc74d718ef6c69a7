"""Word pieces: the units in which the networks read text."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from pipeline.core.resource_tables import RESOURCES

VOCABULARY: Final = RESOURCES / "core/word_pieces.txt"

# Pieces that stand for the whole sentence, for its end, and for what the vocabulary cannot spell.
FIRST: Final = "[CLS]"

LAST: Final = "[SEP]"

UNKNOWN: Final = "[UNK]"


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, int]:
    """The number of each word piece: its line in :data:`VOCABULARY`, from 0."""
    pieces = VOCABULARY.read_text("utf-8").rstrip("\n").split("\n")
    return {piece: number for number, piece in enumerate(pieces)}


@lru_cache(maxsize=1)
def word_pieces() -> Tokenizer:
    """Splits text into word pieces, without regard to capitals and accents."""
    result = Tokenizer(WordPiece(vocabulary(), unk_token=UNKNOWN))
    result.normalizer = BertNormalizer(lowercase=True)
    result.pre_tokenizer = BertPreTokenizer()
    return result

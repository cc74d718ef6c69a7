"""A tokenizer that takes no longer for a character of a long run of marks than for one of a sentence.

spaCy takes affixes (brackets, quotation marks, emoji, ...) off a word one at a time and looks at all that is left each
time: a run of 12,500 of them takes half a minute, one of 100,000 half an hour. Here words so long are cut first, into
pieces that are tokenized by themselves. Text and offsets stay; words of ordinary length are not touched.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from spacy.tokens import Doc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from spacy.tokenizer import Tokenizer

# Words from this length on are looked at: longer than all but addresses of pages and what is no word at all.
_LONG: Final = re.compile(r"\S{200,}")
# So many characters of affixes make a run; a run is cut into pieces of so many.
_RUN: Final = 32
# What is longer without a run at its ends is cut too: patterns for addresses and numbers are tried at each place of it.
_LONGEST: Final = 2_000
_PIECE: Final = 200


class RunBreaker:
    """Stands in the place of a spaCy tokenizer: the same tokens, but for words with long runs of marks in them."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  whatever spaCy asks of its tokenizer
        if name == "_tokenizer":  # asked for before there is one, while a copy is made
            raise AttributeError(name)
        return getattr(self._tokenizer, name)

    def __call__(self, text: str) -> Doc:
        """The tokens of ``text``."""
        cuts = sorted(set(self._cuts(text)) - {0})
        if not cuts:
            doc: Doc = self._tokenizer(text)
            return doc
        words: list[str] = []
        spaces: list[bool] = []
        for start, end in pairwise((0, *cuts, len(text))):
            for token in self._tokenizer(text[start:end]):
                words.append(token.text)
                spaces.append(bool(token.whitespace_))
        return Doc(self._tokenizer.vocab, words=words, spaces=spaces)

    def _cuts(self, text: str) -> Iterator[int]:
        for word in _LONG.finditer(text):
            start = self._past_prefixes(text, *word.span())
            end = self._before_suffixes(text, start, word.end())
            cuts: list[int] = []
            for first, last in ((word.start(), start), (end, word.end())):
                if last - first >= _RUN:
                    cuts += (*range(first, last, _RUN), last)
            if end - start > _LONGEST:
                cuts += range(start, end, _PIECE)
            # Not at the end of the word: the space that follows belongs to its last token.
            yield from (cut for cut in cuts if cut < word.end())

    def _past_prefixes(self, text: str, start: int, end: int) -> int:
        search: Callable[[str], re.Match[str] | None] | None = self._tokenizer.prefix_search
        while search and start < end and (prefix := search(text[start : min(end, start + _RUN)])) and prefix.end():
            start += prefix.end()
        return start

    def _before_suffixes(self, text: str, start: int, end: int) -> int:
        search: Callable[[str], re.Match[str] | None] | None = self._tokenizer.suffix_search
        while search and start < end and (suffix := search(text[max(start, end - _RUN) : end])):
            length = suffix.end() - suffix.start()
            if not length:
                break
            end -= length
        return end

"""The words of an article and its grammar as plain objects and lists.

Rules ask thousands of times for the tag, the head or the lower case of a word. spaCy makes each of these anew every
time it is asked, which takes five to twenty times what it takes to read an attribute of a plain object.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
from spacy.attrs import (
    DEP,
    ENT_TYPE,
    HEAD,
    IDX,
    IS_ALPHA,
    IS_PUNCT,
    IS_SPACE,
    LOWER,
    ORTH,
    POS,
    SENT_START,
    SPACY,
    TAG,
)  # fmt: skip

if TYPE_CHECKING:
    import spacy.tokens
    from spacy.strings import StringStore
    from spacy.tokens.underscore import Underscore
    from spacy.vocab import Vocab

_NAMED: Final = (LOWER, TAG, POS, DEP, ENT_TYPE, ORTH)
_FLAGS: Final = (IS_ALPHA, IS_PUNCT, IS_SPACE, SENT_START, SPACY)
# Words that are kept as strings, some 60 bytes each.
_MOST_STRINGS: Final = 1 << 17


@dataclass(init=False, eq=False, repr=False, slots=True)
class Token:
    """A token of a parsed article, with the attributes of spaCy's that rules ask for, under the same names."""

    doc: Tokens
    i: int
    idx: int
    text: str
    lower_: str
    tag_: str
    pos_: str
    dep_: str
    is_punct: bool
    head: Token
    left_edge: Token
    right_edge: Token
    # The tokens that hang on it, all, and those before and after it: made when they are first asked for.
    hanging: list[Token] | None
    before: list[Token]
    after: list[Token]

    def __init__(
        self, doc: Tokens, i: int, idx: int, text: str, lower: str, tag: str, pos: str, dep: str, is_punct: bool
    ) -> None:
        """Token number ``i`` of ``doc``, without its place in the tree."""
        self.doc = doc
        self.i = i
        self.idx = idx
        self.text = text
        self.lower_ = lower
        self.tag_ = tag
        self.pos_ = pos
        self.dep_ = dep
        self.is_punct = is_punct
        self.hanging = None

    def __len__(self) -> int:
        """Its characters."""
        return len(self.text)

    def __repr__(self) -> str:
        """Its text, for whoever looks for a fault."""
        return self.text

    def nbor(self, distance: int = 1) -> Token:
        """The token so many places on; raises ``IndexError`` where there is none."""
        place = self.i + distance
        if place < 0:
            raise IndexError(place)
        return self.doc[place]

    @property
    def whitespace_(self) -> str:
        """The space after it, if there is one."""
        return " " if self.doc.spaced[self.i] else ""

    @property
    def ent_type_(self) -> str:
        """The kind of name that the model takes it for a part of, if it does."""
        return self.doc.grammar.entities[self.i]

    @property
    def is_alpha(self) -> bool:
        """Whether it is of letters alone."""
        return self.doc.alpha[self.i]

    @property
    def is_space(self) -> bool:
        """Whether it is white space."""
        return self.doc.blank[self.i]

    @property
    def is_sent_start(self) -> bool:
        """Whether the parse begins a sentence with it."""
        return self.doc.begins[self.i]

    @property
    def sent(self) -> Sentence:
        """Its sentence."""
        sentence = self.doc.sentences[self.i]
        return Sentence(self.doc, sentence.start, sentence.stop)

    @property
    def is_title(self) -> bool:
        """Whether it is set as a title is: "Mayor"."""
        return self.text.istitle()

    @property
    def is_lower(self) -> bool:
        """Whether it has no capitals."""
        return self.text.islower()

    @property
    def is_digit(self) -> bool:
        """Whether it is written in figures alone."""
        return self.text.isdigit()

    @property
    def is_quote(self) -> bool:
        """Whether it is a quotation mark."""
        return self._vocab[self.text].is_quote

    @property
    def is_stop(self) -> bool:
        """Whether it is one of the words that spaCy takes to say little."""
        return self._vocab[self.text].is_stop

    @property
    def like_num(self) -> bool:
        """Whether it is a number, in figures or words."""
        return self._vocab[self.text].like_num

    @property
    def _vocab(self) -> Vocab:
        return self.doc.source.vocab


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of ``doc`` by the parse: its tokens ``start:end``."""

    doc: Tokens
    start: int
    end: int

    @property
    def start_char(self) -> int:
        """Where it begins in the text."""
        return self.doc[self.start].idx

    @property
    def text(self) -> str:
        """What it says."""
        last = self.doc[self.end - 1]
        return self.doc.text[self.doc[self.start].idx : last.idx + len(last)]


class Tokens(list[Token]):
    """The tokens of a parsed article, not to be changed; ``source`` is what spaCy made, ``_`` what components leave."""

    source: spacy.tokens.Doc
    _: Underscore
    grammar: Grammar
    text: str
    # Of each token: where it begins, whether it has letters alone, is white space, begins a sentence, has space after.
    starts: list[int]
    alpha: list[bool]
    blank: list[bool]
    begins: list[bool]
    spaced: list[bool]

    @classmethod
    def of(cls, doc: spacy.tokens.Doc) -> Tokens:
        """Read the tokens off a parsed ``doc``."""
        tokens = cls()
        tokens.source, tokens._ = doc, doc._
        numbers = doc.to_array([*_NAMED, *_FLAGS, IDX, HEAD]).reshape(len(doc), len(_NAMED) + len(_FLAGS) + 2).T
        named = _strings_of(doc.vocab.strings)
        columns = [list(map(named.__getitem__, column)) for column in numbers[: len(_NAMED)].tolist()]
        alpha, punct, space, begins, spaced = (numbers[len(_NAMED) : -2] == 1).tolist()
        starts = tokens.starts = numbers[-2].astype(np.int64).tolist()
        # Heads are told as distances, negative ones wrapped around.
        grammar = tokens.grammar = Grammar.of(columns, np.arange(len(doc)) + numbers[-1].astype(np.int64))
        lower, tag, pos, dep, _, text = columns
        tokens.alpha, tokens.blank, tokens.begins, tokens.spaced = alpha, space, begins, spaced
        tokens.text = "".join([f"{word} " if then else word for word, then in zip(text, spaced, strict=True)])
        tokens.extend(map(Token, [tokens] * len(doc), range(len(doc)), starts, text, lower, tag, pos, dep, punct))
        for token, head, low, high in zip(tokens, grammar.heads, grammar.lows, grammar.highs, strict=True):
            token.head, token.left_edge, token.right_edge = tokens[head], tokens[low], tokens[high - 1]
        return tokens

    def __hash__(self) -> int:  # type: ignore[override]
        """An article is itself alone, whatever it says."""
        return id(self)

    def __eq__(self, other: object) -> bool:
        """An article is itself alone, whatever it says."""
        return self is other

    def __ne__(self, other: object) -> bool:
        """An article is itself alone, whatever it says."""
        return self is not other

    @cached_property
    def sents(self) -> list[Sentence]:
        """Its sentences by the parse, in order."""
        begins = [i for i, begins in enumerate(self.begins) if begins or not i]
        return [Sentence(self, start, end) for start, end in zip(begins, [*begins[1:], len(self)], strict=False)]

    @cached_property
    def sentences(self) -> list[range]:
        """For each token its sentence, as numbers of tokens."""
        return [within for one in self.sents for within in [range(one.start, one.end)] * (one.end - one.start)]


@dataclass(frozen=True, slots=True)
class Grammar:
    """Of each token, by its number: word in lower case, labels, head, and edges of its branch.

    ``highs`` is exclusive. Numbers are places in the document.
    """

    words: list[str]
    tags: list[str]
    pos: list[str]
    deps: list[str]
    entities: list[str]
    heads: list[int]
    lows: list[int]
    highs: list[int]
    _hanging: list[int]
    _bounds: list[int]

    @classmethod
    def of(cls, columns: list[list[str]], above: np.ndarray) -> Grammar:
        """Of words and labels, in the order of the fields, and the heads of all tokens, an array of their numbers."""
        hanging = np.flatnonzero(above != np.arange(len(above)))
        hanging = hanging[np.argsort(above[hanging], kind="stable")]
        bounds = np.searchsorted(above[hanging], np.arange(len(above) + 1))
        heads = above.tolist()
        words, tags, pos, deps, entities = columns[:5]
        return cls(words, tags, pos, deps, entities, heads, *_edges(heads), hanging.tolist(), bounds.tolist())

    def children(self, token: int) -> list[int]:
        """The tokens that hang on ``token``, in order."""
        return self._hanging[self._bounds[token] : self._bounds[token + 1]]


def _edges(heads: list[int]) -> tuple[list[int], list[int]]:
    """First token and end of the branch of each token.

    Tokens from the first on, each is the first of whatever it hangs on that has none before it; and so from the last.
    """
    lows, highs = list(range(len(heads))), list(range(1, len(heads) + 1))
    for i, head in enumerate(heads):
        while lows[head] > i:
            lows[head] = i
            head = heads[head]  # noqa: PLW2901  up the branch
    for i in range(len(heads) - 1, -1, -1):
        head = heads[i]
        while highs[head] <= i:
            highs[head] = i + 1
            head = heads[head]
    return lows, highs


class _Strings(dict[int, str]):
    """Strings by the number spaCy has for each, the same in all its stores; ``store`` gives those not met before."""

    store: StringStore

    def __missing__(self, number: int) -> str:
        if len(self) >= _MOST_STRINGS:
            self.clear()
        text = self[number] = self.store[number] if number else ""
        return text


_KNOWN: Final = _Strings()


def _strings_of(store: StringStore) -> _Strings:
    _KNOWN.store = store
    return _KNOWN


@lru_cache(maxsize=1)
def _read(doc: spacy.tokens.Doc) -> Tokens:
    return Tokens.of(doc)


def tokens_of(doc: spacy.tokens.Doc | Tokens) -> Tokens:
    """The tokens of ``doc``, not to be changed: all who ask are given the same."""
    return doc if isinstance(doc, Tokens) else _read(doc)


def grammar_of(doc: spacy.tokens.Doc | Tokens) -> Grammar:
    """The grammar of ``doc``: all who ask are given the same."""
    return tokens_of(doc).grammar

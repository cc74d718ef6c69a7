"""What can be asked of the words of articles: words, "exact phrases", beginnings*, OR, NOT and brackets.

Words side by side must all be there. ``OR``, ``NOT`` and ``AND`` work in capitals alone: written small they are words.
Whatever is typed is a question; what cannot be understood (a bracket that never closes) is left out.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# Longer questions are cut: nobody remembers more words, and SQLite bounds the depth of an expression.
LONGEST: Final = 1000
MOST_WORDS: Final = 64
_DEEPEST: Final = 12
_TOKEN: Final = re.compile(r'["“”„](?P<phrase>[^"“”„]*)["“”„]|(?P<bracket>[()])|(?P<word>[^\s()"“”„]+)')
_OPERATORS: Final = frozenset({"OR", "NOT", "AND"})
# Letters and digits as the index cuts words.
_WORD: Final = re.compile(r"[^\W_]+")


class Term(NamedTuple):
    """Words that must follow one another, as the index spells them; with ``begins`` the last may go on."""

    words: tuple[str, ...]
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """A question as the index takes it, an FTS5 expression. With ``negated`` its answer is all other articles.

    ``terms`` are those an article may hold; terms after NOT are not among them. An empty expression asks nothing.
    """

    expression: str = ""
    negated: bool = False
    terms: tuple[Term, ...] = field(default=())


def plain(word: str) -> str:
    """A word as the index holds it: small letters, no accents."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(sign))


def words_in(text: str) -> list[tuple[int, int, str]]:
    """The words of a text as the index cuts and spells them: start, end, word."""
    return [(match.start(), match.end(), plain(match.group())) for match in _WORD.finditer(text)]


def understood(text: str) -> Question:
    """The question a text asks. Every word is quoted, so no sign in it is an operator of the index."""
    tokens = _tokens(text)
    if not tokens:
        return Question()
    expression, negated, terms = _Reader(tokens).whole()
    return Question(expression, negated, tuple(dict.fromkeys(terms))) if expression else Question()


def rewritten(text: str, each: Callable[[str], Sequence[str]]) -> str:
    """``text`` with ``each`` form of its plain words beside them: ``raid`` becomes ``(raid OR raids)``.

    ``each`` gives the other forms of a word. Phrases, beginnings* and what follows NOT stay as they are.
    """
    parts: list[str] = []
    after_not = False
    tokens = list(_TOKEN.finditer(_readable(text)))
    in_or = {place + step for place, token in enumerate(tokens) if token["word"] == "OR" for step in (-1, 1)}
    for place, match in enumerate(tokens):
        word = match["word"]
        if word and word not in _OPERATORS and not after_not and word.isalnum():
            others = [form for form in each(plain(word)) if form != plain(word)]
            either = " OR ".join([word, *others])
            parts.append(either if not others or place in in_or else f"({either})")
        else:
            parts.append(match.group())
        after_not = word == "NOT"
    return re.sub(r"\( ", "(", " ".join(parts)).replace(" )", ")")


def _readable(text: str) -> str:
    return re.sub(r"[\x00\ud800-\udfff]", " ", text)[:LONGEST]


class _Token(NamedTuple):
    kind: str
    typed: str = ""
    term: Term | None = None


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    words = 0
    for match in _TOKEN.finditer(_readable(text)):
        if match["bracket"]:
            tokens.append(_Token(match["bracket"]))
            continue
        if match["word"] in _OPERATORS:
            tokens.append(_Token(match["word"]))
            continue
        words_typed = match["phrase"] if match["phrase"] is not None else match["word"]
        pieces = tuple(word for _, _, word in words_in(words_typed))
        if pieces and words + len(pieces) <= MOST_WORDS:
            words += len(pieces)
            tokens.append(_Token("term", words_typed.strip(), Term(pieces, begins=words_typed.rstrip().endswith("*"))))
    return tokens


_Read = tuple[str, bool, list[Term]]
_NOTHING: Final[_Read] = ("", False, [])


class _Reader:
    """Reads tokens once, from left to right."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def whole(self) -> _Read:
        parts = []
        while self._at < len(self._tokens):
            parts.append(self._either(0))
            self._at += self._kind() == ")"  # a bracket that nothing opened
        return _all(parts)

    def _kind(self) -> str:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else ""

    def _either(self, depth: int) -> _Read:
        parts = [self._together(depth)]
        while self._kind() == "OR":
            self._at += 1
            parts.append(self._together(depth))
        return _any(parts)

    def _together(self, depth: int) -> _Read:
        parts = []
        while (kind := self._kind()) not in {"", ")", "OR"}:
            if kind == "AND":
                self._at += 1
            else:
                parts.append(self._one(depth))
        return _all(parts)

    def _one(self, depth: int) -> _Read:
        turned = False
        while self._kind() == "NOT":
            self._at += 1
            turned = not turned
        part = self._plain(depth)
        if not turned or not part[0]:
            return part
        return part[0], not part[1], []

    def _plain(self, depth: int) -> _Read:
        token = self._tokens[self._at] if self._at < len(self._tokens) else _Token("")
        if token.term:
            self._at += 1
            # As it was typed: the index cuts it the way it cut the articles.
            return f'"{token.typed}"{"*" if token.term.begins else ""}', False, [token.term]
        if token.kind != "(":
            return _NOTHING
        self._at += 1
        if depth >= _DEEPEST:
            return _NOTHING
        inside = self._either(depth + 1)
        self._at += self._kind() == ")"
        return inside


def _joined(parts: list[str], by: str) -> str:
    return parts[0] if len(parts) == 1 else f"({f' {by} '.join(parts)})"


def _all(parts: list[_Read]) -> _Read:
    """All of the parts. FTS5 knows "these and not those", so what is excluded is gathered behind one NOT."""
    telling = [part for part in parts if part[0]]
    if not telling:
        return _NOTHING
    terms = [term for part in telling for term in part[2]]
    positive = [expression for expression, negated, _ in telling if not negated]
    negative = [expression for expression, negated, _ in telling if negated]
    if not positive:
        return _joined(negative, "OR"), True, terms
    if not negative:
        return _joined(positive, "AND"), False, terms
    return f"({_joined(positive, 'AND')} NOT {_joined(negative, 'OR')})", False, terms


def _any(parts: list[_Read]) -> _Read:
    """Any of the parts: not all of their opposites."""
    expression, negated, terms = _all([(part, not turned, of_part) for part, turned, of_part in parts])
    return (expression, not negated, terms) if expression else _NOTHING

"""Names in quotation marks, which nobody says: `known as "dreamers"`, `so-called "dreamers"`, `told "Morning News"`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pipeline.core.dependencies import FINITE, children
from pipeline.core.resource_tables import toml

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token

_LONGEST: Final = 4
_LONGEST_OF_KNOWN: Final = 10
_ARTICLES: Final = frozenset({"a", "an", "the"})
_WORD: Final = re.compile(r"\w+(?:['’\-]\w+)*")
_SMALL: Final = frozenset(
    {"a", "an", "the", "and", "or", "of", "in", "on", "at", "to", "for", "with", "from", "by", "vs", "v", "is"}
)
# A case in court: "Lee v. Springfield".
_CASE: Final = re.compile(r"\w v[s]?[.] [A-Z]")
_HAVE: Final = frozenset({"has", "have", "had", "having"})


def words(text: str) -> list[str]:
    """The words of ``text``."""
    return _WORD.findall(text)


def is_title(text: str) -> bool:
    """Whether every longer word has a capital: the name of a book, a show, a song or an article."""
    long = [word for word in words(text) if word.lower() not in _SMALL]
    return len(long) >= 2 and all(word[0].isdigit() or not word.islower() for word in long)


@lru_cache(maxsize=8)
def verbs(name: str) -> frozenset[str]:
    """The words of one list of ``resources/quotes/set_phrases.toml``."""
    return frozenset(word for line in toml("quotes/set_phrases.toml")[name] for word in line.split())


def is_set_phrase(layout: Layout, number: int) -> bool:
    """Whether quoted words are a name: a show's, or that of a thing which, the text says, is called so, not by whom."""
    doc, quotation = layout.doc, layout.quotations[number]
    first = layout.token_at(quotation.start)
    inner = layout.text[quotation.inner_start : quotation.inner_end]
    if ("://" in inner and len(inner.split()) == 1) or (_CASE.search(inner) and is_title(inner)):
        return True
    if first and is_title(inner) and _leads_to_work(layout, number, doc[first - 1]):
        return True
    last = layout.text[quotation.inner_end - 1]
    before = [token for token in layout.before(number)[-5:] if token.lower_ not in _ARTICLES and not token.is_space]
    if before and before[-1].text == ":":
        before.pop()
    around = layout.text[max(0, quotation.start - 1) : quotation.start] + layout.text[quotation.end : quotation.end + 1]
    if is_title(inner) and (around == "()" or (before and _is_called(before))):
        return True
    if not 0 < len(words(inner)) <= _LONGEST or last in "?!":
        return last not in ".?!" and _is_known_as(layout, number, before)
    if "".join(token.lower_ for token in before[-3:]).replace("-", "").endswith("socalled"):
        return True
    return bool(before) and last != "." and (before[-1].lower_ in verbs("goes_by") or _is_called(before))


def _is_known_as(layout: Layout, number: int, before: Sequence[Token]) -> bool:
    """Whether a longer phrase, that is no sentence, is what a thing is "known as" or "referred to as"."""
    quotation = layout.quotations[number]
    inside = layout.tokens[layout.token_at(quotation.start) : layout.token_at(quotation.end)]
    if len(inside) > _LONGEST_OF_KNOWN or any(token.tag_ in FINITE for token in inside):
        return False
    return any(token.lower_ in verbs("as") for token in before[-3:]) and _is_called(before)


def _leads_to_work(layout: Layout, number: int, before: Token) -> bool:
    """Whether the word before makes a title a show's, or a work's that is no sentence."""
    if before.lower_ in verbs("shows"):
        return True
    if before.text == "," and before.i and before.nbor(-1).lower_ in verbs("written_works"):
        # "In her book, “Rivers of the North”".
        return True
    quotation = layout.quotations[number]
    inside = layout.tokens[layout.token_at(quotation.start) : layout.token_at(quotation.end)]
    # "Speaking on News Tonight's “Meet the Town”": what a body or a person has under such a name.
    owned = before.tag_ == "POS" and before.i > 0 and before.nbor(-1).pos_ == "PROPN"
    return (owned or before.lower_ in verbs("works")) and not any(token.tag_ in FINITE for token in inside)


def _is_called(before: Sequence[Token]) -> bool:
    """Whether the words before a name say that a thing is called so."""
    with_as = before[-1].lower_ == "as"
    words_before = [token for token in (before[:-1] if with_as else before) if not (with_as and token.lower_ == "to")]
    if not words_before:
        return False
    verb = words_before[-1]
    return (
        verb.lower_ in verbs("called")
        and (with_as or verb.lower_ not in verbs("as"))
        and _passive(verb, with_as=with_as)
    )


def _passive(verb: Token, *, with_as: bool) -> bool:
    """Whether a verb tells what is done to a thing, and not by whom; right before "as" its form may be mistaken."""
    below = list(children(verb))
    if any(child.dep_ in {"agent", "nsubj"} for child in below) or not (verb.tag_ == "VBN" or with_as):
        return False
    have = any(child.lower_ in _HAVE and child.dep_ == "aux" for child in below)
    return not have or any(child.dep_ == "auxpass" for child in below)

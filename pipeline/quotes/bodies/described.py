"""As what an article describes its bodies: `Hale, a British company`, `the news site Dune Watch`, `Hale is a firm`."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from pipeline.core.dependencies import lefts, rights
from pipeline.core.resource_tables import toml

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.core.annotations import Entity, Mention
    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token

_WORDS: Final = frozenset({"NOUN", "PROPN", "ADJ"})


@lru_cache(maxsize=1)
def _kinds() -> dict[str, frozenset[str]]:
    """The kinds of organisation that each noun for a body may stand for, none for those that say no kind."""
    return {noun: frozenset(kinds) for noun, kinds in toml("quotes/bodies.toml")["bodies"].items()}


class Descriptions:
    """What the bodies of one article, of which ``named`` are the mentions in order, are said to be."""

    def __init__(self, layout: Layout, named: Sequence[Mention]) -> None:
        self._layout = layout
        self._mentions = named

    @cached_property
    def _told(self) -> dict[str, list[Token]]:
        """The nouns that describe each body, by its id, in order of the text."""
        told: dict[str, list[Token]] = {}
        for mention in self._mentions:
            for noun in self._nouns_of(mention):
                told.setdefault(mention.entity_id, []).append(noun)
        return told

    def _nouns_of(self, mention: Mention) -> list[Token]:
        doc = self._layout.doc
        tokens = self._layout.tokens_of(mention.start, mention.end)
        own = range(tokens.start, tokens.stop)
        root = next((doc[i] for i in own if doc[i].head.i not in own), doc[own[-1]])
        nouns = [child for child in rights(root) if child.dep_ == "appos"]
        if root.dep_ == "appos" and root.head.i < own[0]:
            nouns.append(root.head)  # "the company, Hale"
        if root.dep_ == "nsubj" and root.head.pos_ == "AUX":
            nouns.extend(child for child in rights(root.head) if child.dep_ == "attr")
        before = doc[own[0] - 1] if own[0] else root
        if before.pos_ == "NOUN":
            nouns.append(before)
        return [noun for noun in nouns if noun.lower_ in _kinds() and noun.pos_ in _WORDS and noun.i not in own]

    def kinds(self, mention: Mention, before: int) -> frozenset[str]:
        """The kinds of organisation that a body is described as in the text up to token ``before``."""
        nouns = (noun for noun in self._told.get(mention.entity_id, ()) if noun.i < before)
        return frozenset(kind for noun in nouns for kind in _kinds()[noun.lower_])

    def called_so(self, noun: Token, bodies: Iterable[tuple[Mention, Entity]]) -> Mention | None:
        """The last of ``bodies`` described by what "the advocacy group" is, by both its words."""
        for mention, _ in bodies:
            for told in self._told.get(mention.entity_id, ()):
                same = bool(_kinds()[told.lower_] & _kinds()[noun.lower_]) or told.lower_ == noun.lower_
                if same and told.i < noun.i and noun.nbor(-1).lower_ in {word.lower_ for word in lefts(told)}:
                    return mention
        return None

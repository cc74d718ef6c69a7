"""What a page says to its reader, and what an outlet prints under one article after the other: neither tells a fact.

"Sign up", "You can read our policy here" and "Ready to march?" stand in the middle of a text as often as in lines of
their own, where furniture is looked for. So they are known by their grammar: narration that asks, bids, or speaks to a
reader. So are names that stand alone, as of who signs. What stands beside words to the reader in another article of the
outlet as well is a box of the page.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING, Final

from pipeline.core.resource_tables import lists
from pipeline.stories.passage_pairs import plain_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from spacy.tokens import Span, Token

    from pipeline.stories.passage_pairs import Passage

    # The parsed sentence of a passage; None where there is none.
    Sentence = Callable[[Passage], Span | None]

_LISTS: Final = {name: frozenset(words) for name, words in lists("stories/address.toml").items()}
_OWN_VOICES: Final = frozenset({"narration", "headline"})
_CONTENT: Final = frozenset({"VERB", "AUX", "NOUN", "ADJ", "ADV", "NUM"})
_VERBS: Final = frozenset({"VERB", "AUX"})
_OPENERS: Final = " \n\"'“‘(•-–—"
_CLOSERS: Final = " \n\"'’”)»"
# Of two articles that have so much in common word for word one is a version of the other, and no box is told apart.
_VERSION: Final = 0.4
# So many passages at the foot of two articles are a line about the author or outlet.
_FOOT: Final = 2


def speaks_to_reader(passage: Passage, sentence: Span | None) -> bool:
    """Whether a passage asks, bids or addresses: no quotation, and in the article's own voice."""
    if passage.voice not in _OWN_VOICES or passage.quoted:
        return False
    if passage.text.rstrip(_CLOSERS).endswith("?"):
        return True
    if sentence is None:
        return False
    root = sentence.root
    if any(token.lower_ in _LISTS["reader"] and _clause_of(token) == root for token in sentence):
        return True
    # What begins small is an item of a list: "create a fund".
    is_bid = root.tag_ == "VB" and not any(child.dep_ in _LISTS["stated"] for child in root.lefts)
    return is_bid and not passage.text.lstrip(_OPENERS)[:1].islower()


def _clause_of(token: Token) -> Token:
    """The verb of the clause a token stands in, or the root."""
    while token.dep_ != "ROOT":
        token = token.head
        if token.pos_ in _VERBS:
            break
    return token


def names_alone(passage: Passage, sentence: Span | None) -> bool:
    """Whether a passage is no more than names, such as who signs a text: nothing is done, counted or described."""
    return (
        sentence is not None
        and passage.voice in _OWN_VOICES
        and all(token.pos_ not in _CONTENT for token in sentence if token.is_alpha or token.like_num)
    )


def tells(passages: Sequence[Passage], sentence_of: Sentence, outlets: Mapping[str, str]) -> list[Passage]:
    """The passages of a story that can tell a fact, in the same order.

    Args:
        passages: those of all its articles, each article's together and in order of the text.
        sentence_of: gives the parse of a passage.
        outlets: the outlet of each article.
    """
    by_article = {article: list(own) for article, own in groupby(passages, key=lambda passage: passage.article)}
    sentences = [sentence_of(passage) for passage in passages]
    both = list(zip(passages, sentences, strict=True))
    spoken = {id(passage) for passage, sentence in both if speaks_to_reader(passage, sentence)}
    signed = {id(passage) for passage, sentence in both if names_alone(passage, sentence)}
    articles_of: defaultdict[str, list[str]] = defaultdict(list)
    for article in by_article:
        articles_of[outlets.get(article, "")].append(article)
    words = {article: [tuple(plain_words(passage.text)) for passage in own] for article, own in by_article.items()}
    boxed: set[int] = set()
    for outlet, articles in articles_of.items():
        # An outlet may have a thousand in a story, few of which share a passage with any one.
        holders: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
        for article in articles if outlet else ():
            for said in words[article]:
                holders[said].add(article)
        for article in articles if outlet else ():
            own = by_article[article]
            for other in set().union(*(holders[said] for said in words[article])) - {article}:
                boxed |= {id(own[number]) for number in _box(own, words[article], words[other], spoken)}
    return [passage for passage in passages if id(passage) not in spoken | signed | boxed]


def _box(
    own: Sequence[Passage], words: Sequence[tuple[str, ...]], other: Sequence[tuple[str, ...]], spoken: set[int]
) -> set[int]:
    """Numbers of passages of an article in runs that another one has too and in which the page speaks to its reader."""
    theirs = set(other)
    common = [number for number, said in enumerate(words) if said in theirs]
    if len(common) > _VERSION * min(len(words), len(other)):
        return set()
    found: set[int] = set()
    run: list[int] = []
    for number in [*common, len(words) + 1]:
        if run and number != run[-1] + 1:
            if any(id(own[place]) in spoken for place in run):
                found |= set(run)
            run = []
        run.append(number)
    foot = 0
    while foot < min(len(words), len(other)) and words[-1 - foot] == other[-1 - foot]:
        foot += 1
    if 0 < foot <= _FOOT:
        found |= set(range(len(words) - foot, len(words)))
    return found

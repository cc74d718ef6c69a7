"""Questions about a search for words: what other forms of them would find, and where they stand in an article."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from store.queries.articles import counts
from store.queries.texts import texts
from store.search.question import Term, rewritten, understood, words_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from store.filter import Filter
    from store.reader import Store

# Characters of text on either side of words that were found.
AROUND: Final = 90


class OtherForms(NamedTuple):
    """The same search with other forms of its words: as it would be typed, the forms, and articles it finds more."""

    text: str = ""
    forms: tuple[str, ...] = ()
    more: int = 0


def other_forms(store: Store, chosen: Filter) -> OtherForms:
    """What the words of the filter would find beside what they find now, if other forms of them counted as well."""
    added: list[str] = []

    def forms_of(word: str) -> list[str]:
        forms = store.other_forms(word)
        added.extend(form for form in forms if form not in added)
        return forms

    text = rewritten(chosen.text, forms_of)
    if not added:
        return OtherForms()
    more = counts(store, chosen.but(text=text)).articles - counts(store, chosen).articles
    return OtherForms(text, tuple(added), more) if more > 0 else OtherForms()


class Place(NamedTuple):
    """Words that were found: where they stand in the article, and the text around them."""

    start: int
    end: int
    before: str
    words: str
    after: str


def where_found(store: Store, text: str, article_ids: Iterable[str]) -> dict[str, list[Place]]:
    """Where in each article the words of a search stand, in order; none for an article that has them in its title."""
    terms = understood(text).terms
    if not terms:
        return {}
    return {article_id: _places(whole, terms) for article_id, whole in texts(store, article_ids).items()}


def _places(whole: str, terms: Sequence[Term]) -> list[Place]:
    words = words_in(whole)
    spans: list[tuple[int, int]] = []
    for place in range(len(words)):
        longest = max((len(term.words) for term in terms if _stands(term, words, place)), default=0)
        if longest:
            spans.append((words[place][0], words[place + longest - 1][1]))
    return [
        Place(start, end, _before(whole, start), " ".join(whole[start:end].split()), _after(whole, end))
        for start, end in spans
    ]


def _stands(term: Term, words: Sequence[tuple[int, int, str]], at: int) -> bool:
    """Whether a term stands at a word."""
    last = len(term.words) - 1
    if at + last >= len(words):
        return False
    return all(
        words[at + step][2].startswith(wanted) if term.begins and step == last else words[at + step][2] == wanted
        for step, wanted in enumerate(term.words)
    )


def _before(whole: str, start: int) -> str:
    words = " ".join(whole[max(0, start - AROUND) : start].split())
    cut = words if start <= AROUND else "…" + words.partition(" ")[2]
    return cut + " " if whole[start - 1 : start].isspace() else cut


def _after(whole: str, end: int) -> str:
    words = " ".join(whole[end : end + AROUND].split())
    cut = words if end + AROUND >= len(whole) else words.rpartition(" ")[0] + "…"
    return " " + cut if whole[end : end + 1].isspace() else cut

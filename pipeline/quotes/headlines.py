"""Headlines that name whose words they give before a colon: `Lee: The bridge "will last"`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pipeline.core.person_nouns import person_nouns
from pipeline.core.resource_tables import toml
from pipeline.quotes.attribution import Attribution
from pipeline.quotes.cue_subject import PAPERS
from pipeline.quotes.indirect.contents import Content

if TYPE_CHECKING:
    from pipeline.core.quote_layout import Layout

_NAME: Final = re.compile(r"(?:[A-Z][\w.’'-]*\s+){0,5}[A-Z][\w.’'-]*(?=:\s)")
# What headlines cite besides people, bodies and papers.
_SOURCES: Final = frozenset(toml("quotes/bodies.toml")["cited_in_headlines"]) | PAPERS
# What an outlet calls a part of itself, or a kind of article: "Letters: Save the library".
_SECTIONS: Final = frozenset(toml("quotes/bodies.toml")["sections"])
_CITED: Final = frozenset({"PERSON", "ORG"})
_FEWEST_WORDS: Final = 3
_TRIMMED: Final = " \t\n.;"


def headline_content(layout: Layout) -> Content | None:
    """What the first line of an article says after the name of a person, a body or a paper and a colon."""
    if not layout.paragraphs:
        return None
    block = layout.paragraphs[0]
    match = _NAME.match(layout.text, block.start, block.end)
    if not match:
        return None
    first, last = layout.token_at(match.start()), layout.token_at(match.end())
    cited = any(
        mention.label in _CITED and mention.start < match.end() <= mention.end + 2 for mention in layout.doc._.mentions
    )
    if first >= last or not (cited or _is_source(layout.doc[last - 1].lower_)):
        return None
    end = block.end
    while end > match.end() and layout.text[end - 1] in _TRIMMED:
        end -= 1
    start = layout.token_at(match.end() + 1)
    start = layout.doc[start].idx if start < len(layout.doc) else end
    if len(layout.text[start:end].split()) < _FEWEST_WORDS:
        return None
    return Content(Attribution("before a colon", layout.doc[last - 1], (first, last)), start, end, 1.0, clause=True)


def _is_source(word: str) -> bool:
    singular = word.removesuffix("s")
    return singular not in _SECTIONS and any(form in _SOURCES or form in person_nouns() for form in (word, singular))

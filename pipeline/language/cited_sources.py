"""The component ``sources``: where an outlet is cited as a source, not merely named."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from spacy.language import Language

from pipeline.core.doc_cache import text_of
from pipeline.core.resource_tables import toml
from store.schema import UNSURE

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from pipeline.core.annotations import Mention

_LONGEST_BEFORE: Final = 40


@lru_cache(maxsize=1)
def _ways() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What stands before an outlet that is cited, and what behind it."""
    lists = toml("language/citing.toml")
    before, verbs, nouns = ("|".join(map(re.escape, lists[name])) for name in ("before", "verbs", "nouns"))
    return (
        # "He said Sunday on NBC".
        re.compile(rf"(?i)\b(?:{before}|(?:said|speaking|appearing) \w+ on) (?:the |a |an )?[\"“]?$"),
        # "The Herald first reported", "Herald reporter Ann Lee", "the Herald's Ann Lee", "the Herald, which reported".
        re.compile(
            rf"(?:,? (?:which|that))? (?:\w+ly |first |has |have |had |also )*(?:{verbs})\b"
            rf"|(?:['’]s?)?(?:/[A-Z][\w ]+)? (?:{nouns})\b|['’]s [A-Z][\w.-]+ [A-Z]"
        ),
    )


def cited_in(text: str, start: int, end: int) -> bool:
    """Whether the words around the outlet named between ``start`` and ``end`` cite it as a source."""
    before, after = _ways()
    return before.search(text, max(0, start - _LONGEST_BEFORE), start) is not None or after.match(text, end) is not None


class Sources:
    """Sets ``cited`` of the mentions of outlets that speak, are spoken to, or are said to have reported something."""

    def __call__(self, doc: Doc) -> Doc:
        """Annotate ``doc``."""
        outlets = {key for key, entity in doc._.entities.items() if entity.kind == "outlet"}
        if not outlets:
            return doc
        text = text_of(doc)
        speaking = bytearray(len(text))
        for quote in doc._.quotes:
            if quote.status == UNSURE:
                continue
            for start, end in ((quote.speaker_start, quote.speaker_end), (quote.addressee_start, quote.addressee_end)):
                if start is not None:
                    speaking[start:end] = b"\x01" * (end - start)

        def marked(mention: Mention) -> Mention:
            start, end = mention.start, mention.end
            if mention.entity_id not in outlets:
                return mention
            return replace(mention, cited=True) if any(speaking[start:end]) or cited_in(text, start, end) else mention

        doc._.mentions = [marked(mention) for mention in doc._.mentions]
        return doc


@Language.factory("sources", assigns=["doc._.mentions"], requires=["doc._.entities", "doc._.mentions", "doc._.quotes"])
def make_sources(nlp: Language, name: str) -> Sources:  # noqa: ARG001  the signature of a factory
    """Make the component."""
    return Sources()

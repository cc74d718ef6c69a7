"""What the components find in an article, as plain values, and the ``Doc`` attributes that hold them.

Every offset is a character offset into ``Doc.text``, which is the article's original text; ``end`` is exclusive.
Lists are in order of the text. Components write new values and never change one that stands.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from spacy.tokens import Doc

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from store.schema import CueClass, EntityKind, EntityLabel, MentionResolution, QuoteKind, QuoteStatus, Voice


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of an article besides its text; ``day`` tells who held an office then."""

    source: str = ""
    title: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A line of the text, or a part of one, and what it is.

    ``kind`` is ``body``, ``headline``, ``caption`` or ``furniture``; ``reason`` says which furniture
    (``link``, ``call``, ``byline``, ``credit``, ``related``, ``page_code``, ``repeat``, ``pull_quote``, ``dateline``)
    and is ``caption`` for captions. ``paragraph`` numbers the non-blank lines from 0.
    """

    start: int
    end: int
    kind: str
    paragraph: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """One person, organisation, jurisdiction or administration of an article.

    ``entity_id`` is ``person:…``, ``org:…``, ``place:…`` or ``administration:…``: the same thing in every article.
    """

    entity_id: str
    label: EntityLabel
    name: str
    kind: EntityKind = ""
    state: str = ""
    fips: str = ""
    parent_id: str = ""
    gender: str = ""


# How a mention such as "the county" is found: like a pronoun it names nothing, and counts as none that does.
NOUN_FOR_PLACE: Final[MentionResolution] = "pronoun-like noun"


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names an entity or refers to it. Mentions never overlap.

    ``metonym``: a place that stands for its government. ``cited``: an outlet that is a source here, not merely named.
    """

    start: int
    end: int
    label: EntityLabel
    entity_id: str
    resolution: MentionResolution
    confidence: float = 1.0
    metonym: bool = False
    cited: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """One contiguous fragment of attributed or quoted words, marks included. Fragments never overlap.

    ``quoted`` are the parts inside quotation marks, marks excluded, as (start, end) pairs: empty for an indirect quote.
    ``speakers`` are entity id or "" and name of each of several who speak together, empty for one alone; ``status`` is
    of ``store.schema.QUOTE_STATUSES``, empty for a term. ``confidence`` is of both speaker and bounds,
    ``speaker_confidence`` of the speaker alone.
    """

    start: int
    end: int
    kind: QuoteKind
    attribution: int
    quoted: tuple[tuple[int, int], ...] = ()
    speaker_start: int | None = None
    speaker_end: int | None = None
    speaker_id: str = ""
    speaker: str = ""
    cue_start: int | None = None
    cue_end: int | None = None
    cue: str = ""
    cue_class: CueClass | Literal[""] = ""
    resolution: str = ""
    confidence: float = 0.0
    speaker_confidence: float = 0.0
    addressee_start: int | None = None
    addressee_end: int | None = None
    addressee_id: str = ""
    speakers: tuple[tuple[str, str], ...] = ()
    status: QuoteStatus | Literal[""] = "said"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence within one block. ``tone`` is of its words, from -1 to 1, toward nobody."""

    start: int
    end: int
    paragraph: int
    voice: Voice
    words: int
    tone: float = 0.0


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of words of one sentence in one voice. Passages never overlap and hold every word of the text.

    ``attribution``, ``speaker_id`` and ``speaker`` tell whose words or claim it is, in the voices ``quote`` and
    ``reported``; words that only stand in quotation marks as a term have no attribution.
    """

    start: int
    end: int
    sentence: int
    paragraph: int
    voice: Voice
    words: int
    furniture_kind: str = ""
    attribution: int | None = None
    speaker_id: str = ""
    speaker: str = ""
    tone: float = 0.0

    @property
    def is_term(self) -> bool:
        """Whether its words stand in quotation marks that are about a word, and nobody says them."""
        return self.voice == "quote" and self.attribution is None


@dataclass(frozen=True, slots=True)
class Portrayal:
    """Sentiment toward the mention with number ``mention`` in its sentence."""

    mention: int
    p_negative: float
    p_neutral: float
    p_positive: float

    @property
    def sentiment(self) -> int:
        """-1, 0 or 1, whichever is most probable; neutral wins a tie."""
        best = max(self.p_negative, self.p_neutral, self.p_positive)
        if best == self.p_neutral:
            return 0
        return -1 if best == self.p_negative else 1


@dataclass(frozen=True, slots=True)
class Label:
    """A word or phrase attached to an entity or to a group of people, and how.

    ``relation`` is ``adjective``, ``noun``, ``appositive``, ``predicate``, ``agent``, ``patient`` or
    ``patient, no agent``; ``mention`` is the number of the mention, None for a group (``group:…``).
    """

    start: int
    end: int
    relation: str
    word: str
    entity_id: str
    mention: int | None
    target_start: int
    target_end: int
    sentence: int
    voice: Voice
    speaker_id: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase and its form, lower-cased."""

    start: int
    end: int
    form: str
    sentence: int
    voice: Voice
    speaker_id: str = ""


@dataclass(slots=True)
class Annotations:
    """All that is known of one article. Each list is filled by the component of that name."""

    context: Context = field(default_factory=Context)
    blocks: list[Block] = field(default_factory=list)
    entities: dict[str, Entity] = field(default_factory=dict)
    mentions: list[Mention] = field(default_factory=list)
    quotes: list[Quote] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    portrayals: list[Portrayal] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    phrases: list[Phrase] = field(default_factory=list)


# One attribute a list, so that each component can declare in `assigns` and `requires` exactly what it touches.
ATTRIBUTES = (
    "context",
    "blocks",
    "entities",
    "mentions",
    "quotes",
    "sentences",
    "passages",
    "portrayals",
    "labels",
    "phrases",
)


def register_attributes() -> None:
    """Declare ``Doc._.context`` and the rest. Idempotent; importing this module does it."""
    for name in ATTRIBUTES:
        if not Doc.has_extension(name):
            default: object = {"context": Context(), "entities": {}}.get(name, [])
            Doc.set_extension(name, default=default)  # spaCy copies a mutable default for each Doc


def found_in(doc: Doc) -> Annotations:
    """Gather what the components left on ``doc``."""
    return Annotations(**{name: getattr(doc._, name) for name in ATTRIBUTES})


def _lines(text: str) -> Iterator[tuple[int, int]]:
    position = 0
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if stripped:
            start = position + line.index(stripped[0])
            yield start, start + len(stripped)
        position += len(line)


def lines(text: str) -> list[tuple[int, int]]:
    """Spans of the non-blank lines of ``text``, outer white space left out: the paragraphs of an article."""
    return list(_lines(text))


# Here, so that each component can be used alone: its module imports this one.
register_attributes()

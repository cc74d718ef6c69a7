"""The tables of a corpus: their columns, and what each means.

``docs/data.md`` is generated from here, so a column cannot exist without a sentence that explains it.
Every ``start`` and ``end`` is a ``str`` offset into the original text of the article; ``end`` is exclusive.
"""

from __future__ import annotations

from typing import Final, Literal, get_args

import pyarrow as pa

# The values that code and tables share, as types: a slip in one of them is an error of types and not a wrong figure.
Voice = Literal["narration", "reported", "quote", "headline", "caption", "furniture"]
EntityLabel = Literal["PERSON", "ORG", "JURISDICTION", "ADMINISTRATION"]
QuoteKind = Literal["direct", "mixed", "transcript", "indirect", "term"]
QuoteStatus = Literal["said", "not said", "imagined", "act", "unsure"]
# How a mention was found to be of its entity, people, bodies, places and administrations together.
# fmt: off
MentionResolution = Literal[
    "named", "known form", "short form", "surname", "first name", "alone", "misspelt", "acronym", "members",
    "abbreviation", "demonym", "context", "office", "title", "pronoun", "pronoun-like noun",
    "in office", "previous", "next", "term", "era", "under", "possessive", "corrected",
]
# fmt: on
JurisdictionKind = Literal["country", "state", "province", "county", "city", "borough"]
OrganisationKind = Literal[
    "agency", "party", "outlet", "court", "legislature", "office", "group", "facility", "company", "university"
]
EntityKind = JurisdictionKind | OrganisationKind | Literal[""]
CueClass = Literal["neutral", "assertive", "doubting", "praising", "attacking"]

VOICES: Final[tuple[Voice, ...]] = get_args(Voice)
COUNTED_VOICES: Final = VOICES[:-1]
LABELS: Final[tuple[EntityLabel, ...]] = get_args(EntityLabel)
QUOTE_KINDS: Final[tuple[QuoteKind, ...]] = get_args(QuoteKind)
# Kinds that hold somebody's own words.
SPOKEN_KINDS: Final[tuple[QuoteKind, ...]] = ("direct", "mixed", "transcript")
# Whether an attribution tells what somebody did say, think or want; a term in marks has none of these.
SAID: Final[QuoteStatus] = "said"
# What may be somebody's but is too unsure to be kept: no table has it.
UNSURE: Final[QuoteStatus] = "unsure"
QUOTE_STATUSES: Final[tuple[QuoteStatus, ...]] = get_args(QuoteStatus)
CUE_CLASSES: Final[tuple[CueClass, ...]] = get_args(CueClass)
DATE_PRECISIONS: Final = ("stated", "inferred", "unknown")
JURISDICTION_KINDS: Final[tuple[JurisdictionKind, ...]] = get_args(JurisdictionKind)
ORGANISATION_KINDS: Final[tuple[OrganisationKind, ...]] = get_args(OrganisationKind)
MENTION_RESOLUTIONS: Final[tuple[MentionResolution, ...]] = get_args(MentionResolution)


def organisation_kind(value: str) -> OrganisationKind:
    """A value of a table as a kind of organisation.

    Raises:
        ValueError: it is none.
    """
    for kind in ORGANISATION_KINDS:
        if kind == value:
            return kind
    message = f"“{value}” is no kind of organisation; the kinds are {', '.join(ORGANISATION_KINDS)}."
    raise ValueError(message)


TEXT, INT, REAL, DATE, FLAG = pa.string(), pa.int32(), pa.float32(), pa.date32(), pa.bool_()
TEXTS = pa.list_(pa.string())


def _table(about: str, **columns: tuple[pa.DataType, str]) -> pa.Schema:
    fields = [pa.field(name, kind, metadata={"about": sentence}) for name, (kind, sentence) in columns.items()]
    return pa.schema(fields, metadata={"about": about})


_ARTICLE_ID = (TEXT, "The article: a hash of its source and text.")
_START = (INT, "First character of the span in the article's text.")
_END = (INT, "One past the last character of the span.")
_SENTENCE = (INT, "Number of the sentence in the article, from 0.")
_PARAGRAPH = (INT, "Number of the line of the article that holds the span, from 0; blank lines are not numbered.")
_VOICE = (
    TEXT,
    (
        "Whose words: narration, reported (what somebody is said to have said, in the outlet's wording), quote, "
        "headline, caption or furniture."
    ),
)
_ENTITY_ID = (TEXT, "The entity: kind and slug, such as person:matthew-albence.")

TABLES: Final[dict[str, pa.Schema]] = {
    "articles": _table(
        "One article.",
        article_id=_ARTICLE_ID,
        source=(TEXT, "The outlet."),
        title=(TEXT, "Headline; empty where the article has none."),
        opening=(TEXT, "First words of the narration, to name an article without a headline."),
        authors=(TEXT, "Authors, separated by semicolons."),
        published=(TEXT, "Publication date, ISO 8601-2 (EDTF): a day, a month, or an interval with a slash."),
        published_from=(DATE, "First day the article can have been published."),
        published_to=(DATE, "Last day the article can have been published."),
        date_precision=(TEXT, "stated in the text, inferred from it, or unknown."),
        date_evidence=(TEXT, "The words that justify the date."),
        url=(TEXT, "Where the article was found, as given by its file."),
        administration=(
            TEXT,
            "Entity id of the US administration in office on that day; empty when the date is unknown.",
        ),
        words=(INT, "Words counted: all but furniture."),
        words_narration=(INT, "Words in the outlet's own voice."),
        words_reported=(INT, "Words that report what somebody said, in the outlet's wording."),
        words_quote=(INT, "Words inside quotation marks, and turns of a transcript."),
        words_headline=(INT, "Words in headlines."),
        words_caption=(INT, "Words in captions."),
        words_furniture=(INT, "Words in links, credits and repeated lines; not in `words`."),
        story_id=(TEXT, "The story the article belongs to; empty until stories are found."),
        duplicate_of=(TEXT, "The first article with the same or nearly the same text; empty if none."),
        origin=(TEXT, "The file the article came from, as named to the build."),
        origin_row=(INT, "Line of that file, from 1; 1 for a file that is one article."),
        language=(
            TEXT,
            "Language of the text, ISO 639-1. Articles in others than en are kept and searched, but not analysed.",
        ),
        text_changes=(TEXTS, "What was done to the text as its file was read, such as hard-wrapped lines joined."),
        own=(TEXTS, "Columns of its file that are not ours, each as name:value."),
        text=(TEXT, "The article's text, as mended on reading; all offsets point into it."),
    ),
    "sentences": _table(
        "One sentence.",
        article_id=_ARTICLE_ID,
        sentence=_SENTENCE,
        start=_START,
        end=_END,
        paragraph=_PARAGRAPH,
        voice=(TEXT, "The voice of most of its words."),
        words=(INT, "Words in the sentence."),
        tone=(REAL, "Tone of the sentence from -1 (negative) to 1 (positive): of its words, not toward anybody."),
    ),
    "passages": _table(
        "A run of words of one sentence in one voice. Passages of an article do not overlap and hold all its words.",
        article_id=_ARTICLE_ID,
        passage=(INT, "Number of the passage in the article, from 0."),
        sentence=_SENTENCE,
        paragraph=_PARAGRAPH,
        start=_START,
        end=_END,
        voice=_VOICE,
        furniture_kind=(TEXT, "For furniture and captions: what it is, such as link, byline or repeat."),
        attribution=(
            INT,
            (
                "For reported and quoted words: number of the attribution in the article; null for words in quotation "
                "marks that are a term, nobody's words."
            ),
        ),
        speaker_id=(TEXT, "For reported and quoted words: entity id of the speaker, empty when not resolved."),
        speaker=(TEXT, "For reported and quoted words: the speaker's name, or the words that stand for one."),
        words=(INT, "Words in the passage."),
        tone=(REAL, "Tone of the passage's words from -1 to 1."),
    ),
    "mentions": _table(
        "A place where an entity is named, or referred to by a title, a pronoun or a noun such as “the city”.",
        article_id=_ARTICLE_ID,
        mention=(INT, "Number of the mention in the article, in order of the text, from 0."),
        start=_START,
        end=_END,
        surface=(TEXT, "The words of the mention as they stand in the text."),
        label=(TEXT, "PERSON, ORG, JURISDICTION or ADMINISTRATION."),
        entity_id=_ENTITY_ID,
        name=(TEXT, "Full name of the entity in this article."),
        sentence=_SENTENCE,
        voice=_VOICE,
        speaker_id=(TEXT, "For mentions inside reported or quoted words: entity id of the speaker."),
        resolution=(
            TEXT,
            (
                "How the entity was found, and so why it is the one of other articles. People: named, known form (of "
                "a listed name), short form, surname, first name, alone (nobody's full name explains it), misspelt, "
                "office, title, pronoun. Bodies: named, acronym, short form, members, context (as of which country). "
                "Places: named, abbreviation, demonym, context, pronoun-like noun (the county). Administrations: "
                "named, in office, previous, next, term, era, under, possessive. corrected: by somebody's hand."
            ),
        ),
        metonym=(FLAG, "A place that stands for its government."),
        cited=(FLAG, "A news outlet that is a source here, told something or said to report it; not one merely named."),
        confidence=(REAL, "How sure, from 0 to 1."),
    ),
    "entities": _table(
        "A person, organisation, jurisdiction or administration named in the corpus.",
        entity_id=_ENTITY_ID,
        label=(TEXT, "PERSON, ORG, JURISDICTION or ADMINISTRATION."),
        name=(TEXT, "Its one full name."),
        aliases=(TEXTS, "Other words used for it in the corpus, most frequent first."),
        kind=(
            TEXT,
            (
                "For jurisdictions: country, state, province, county, city or borough; for organisations: agency, "
                "party, outlet (a news outlet), court, legislature, office, group, facility (a jail or the like), "
                "company or university; else empty."
            ),
        ),
        state=(TEXT, "For jurisdictions, and bodies of one such as its police: two-letter code of the state."),
        fips=(
            TEXT,
            (
                "Census code of states (2 digits), counties (5), incorporated cities (7) and the towns and townships "
                "that govern in some states (10); empty for other places and countries."
            ),
        ),
        parent_id=(TEXT, "For jurisdictions, and bodies of one such as its police: entity id of what it lies in."),
        articles=(INT, "Articles that name it."),
        mentions=(INT, "Times it is named, furniture and pronouns left out."),
    ),
    "quotes": _table(
        "One contiguous fragment of words attributed to somebody, or set in quotation marks as a term.",
        article_id=_ARTICLE_ID,
        quote=(INT, "Number of the fragment in the article, in order of the text, from 0."),
        attribution=(INT, "Number of the attribution; fragments of one attribution share it."),
        start=_START,
        end=_END,
        kind=(TEXT, "direct, mixed, transcript (a turn without marks), indirect, or term (scare quotes, titles)."),
        status=(
            TEXT,
            "said, not said (denied, conditional, nobody's), imagined, act (without words); empty for a term.",
        ),
        words=(INT, "Words in the fragment."),
        quoted_words=(INT, "Words of the fragment that stand inside quotation marks, or in a transcript."),
        reported_words=(INT, "Words of the fragment that report what is said in the outlet's wording."),
        sentence=_SENTENCE,
        speaker_start=(INT, "First character of the words that name the speaker; null when none do."),
        speaker_end=(INT, "One past the last character of those words."),
        speaker_text=(TEXT, "Those words."),
        speaker_id=(TEXT, "Entity id of the speaker; empty when not resolved."),
        speaker=(TEXT, "Full name of the speaker, or the words that stand for one; empty when unknown."),
        speaker_ids=(TEXTS, "Entity ids of all who speak together, speaker_id first; empty when none is resolved."),
        cue_start=(INT, "First character of the cue; null when there is none."),
        cue_end=(INT, "One past the last character of the cue."),
        cue=(TEXT, "The cue in its dictionary form, such as say."),
        cue_class=(TEXT, "neutral, assertive, doubting, praising or attacking."),
        resolution=(TEXT, "How the speaker was found, such as subject of the cue, pronoun, or carried on."),
        confidence=(REAL, "How sure of the speaker, and of where the words begin and end, from 0 to 1."),
        addressee_start=(INT, "First character of the words for who is spoken to; null when the article does not say."),
        addressee_end=(INT, "One past the last character of those words."),
        addressee_text=(TEXT, "Those words, such as reporters; empty when the article does not say."),
        addressee_id=(TEXT, "Entity id of who is spoken to; empty when not resolved."),
        text=(TEXT, "The words of the fragment."),
    ),
    "portrayals": _table(
        "Sentiment toward one mention of an entity, in what its sentence says in the voice that names it.",
        article_id=_ARTICLE_ID,
        mention=(INT, "Number of the mention in the article."),
        entity_id=_ENTITY_ID,
        label=(TEXT, "PERSON, ORG or JURISDICTION."),
        sentence=_SENTENCE,
        start=(INT, "First character of the sentence."),
        end=(INT, "One past the last character of the sentence."),
        voice=_VOICE,
        speaker_id=(TEXT, "For reported and quoted words: entity id of the speaker."),
        sentiment=(INT, "-1 negative, 0 neutral, 1 positive: the most probable."),
        p_negative=(REAL, "Probability of negative."),
        p_neutral=(REAL, "Probability of neutral."),
        p_positive=(REAL, "Probability of positive."),
    ),
    "labels": _table(
        "A word attached to an entity or to a group of people, or the verb it is agent or patient of.",
        article_id=_ARTICLE_ID,
        label=(INT, "Number of the label in the article, in order of the text, from 0."),
        entity_id=(TEXT, "Whom it is said of: an entity, or a group of people such as group:migrants."),
        mention=(INT, "Number of the mention; null for a group of people."),
        relation=(TEXT, "adjective, noun, appositive, predicate, agent, patient, or patient, no agent."),
        word=(TEXT, "The label, lower-cased; verbs in their dictionary form, with not where they are denied."),
        start=(INT, "First character of the label's words in the article's text."),
        end=_END,
        target_start=(INT, "First character of the words for whom it is said of."),
        target_end=(INT, "One past the last of those."),
        sentence=_SENTENCE,
        voice=_VOICE,
        speaker_id=(TEXT, "For reported and quoted words: entity id of the speaker."),
    ),
    "phrases": _table(
        "A noun phrase of two to four words; names of people left out.",
        article_id=_ARTICLE_ID,
        phrase=(INT, "Number of the phrase in the article, in order of the text, from 0."),
        form=(TEXT, "Its words, lower-cased."),
        start=_START,
        end=_END,
        sentence=_SENTENCE,
        voice=_VOICE,
        speaker_id=(TEXT, "For reported and quoted words: entity id of the speaker."),
    ),
    "stories": _table(
        "A passage of an article that tells a fact of its story, or comes nearest to it where the article has no "
        "match. Passages that tell the same share a number; one can tell two.",
        story_id=(TEXT, "The story: story: and the id of its first article."),
        fact=(INT, "Number of the fact in the story, in the order in which the first article tells it, from 0."),
        article_id=_ARTICLE_ID,
        start=_START,
        end=_END,
        sentence=_SENTENCE,
        voice=(TEXT, "The voice of most of the passage's words."),
        speaker=(TEXT, "Who is quoted in it; empty when nobody is."),
        kind=(TEXT, "What the passages share: quote, number, person, place, organisation or words."),
        shared=(
            TEXT,
            "Names, numbers and words that mark the fact, or that a near passage shares with it; semicolons between.",
        ),
        told=(
            TEXT,
            (
                "full; part when another passage quotes its words and more, or it lacks what others give; near when it "
                "does not tell the fact, but no passage of its article comes nearer to it."
            ),
        ),
        lacks=(
            TEXT,
            (
                "Figures and names that others give of the fact and it does not, its own amount in brackets; "
                "semicolons between."
            ),
        ),
        likeness=(
            REAL,
            (
                "Of pairs at least as alike as it and its most alike one, the share that tells the same; 0 for none. "
                "Of a near passage, of pairs about as alike."
            ),
        ),
        phrase_start=(INT, "First character of the words of it that tell what others tell too; start where none do."),
        phrase_end=(INT, "One past the last character of those words; end where none do."),
        clarity=(REAL, "How well those words tell it by themselves, at most 1; empty where there are none."),
    ),
    "story_titles": _table(
        "A neutral name for a story, of words that several of its articles share: never one outlet's headline.",
        story_id=(TEXT, "The story."),
        title=(TEXT, "Who does what, where and when, as far as the openings of its articles share it."),
        aligned=(INT, "Articles whose passages were set beside one another; those after them were not compared."),
        key=(TEXT, "Of which articles, read in which way, it was made: the same key, the same rows."),
    ),
    "files": _table(
        "A file met on the way, and what came of it.",
        origin=(TEXT, "The file, as named to the build."),
        kind=(TEXT, "What it was recognised as."),
        rows=(INT, "Articles and entries in it, those left out among them."),
        articles=(INT, "Articles read from it."),
        undated=(INT, "Of those, without a date."),
        without_outlet=(INT, "Of those, without an outlet of their own: the file or folder was taken for it."),
        untitled=(INT, "Of those, without a title in the file."),
        left_out=(INT, "Entries left out; the table of problems says why."),
        columns=(TEXTS, "What became of each column of a table, as name: use."),
    ),
    "problems": _table(
        "Something in the sources that could not be used, or was used with a doubt.",
        origin=(TEXT, "The file."),
        origin_row=(INT, "Line of the file, from 1; 0 for the whole file."),
        code=(
            TEXT,
            "Which problem, such as empty-file, not-utf-8, missing-file, no-text, too-long, duplicate or odd-date.",
        ),
        reason=(TEXT, "What was wrong, and what to do."),
        used=(FLAG, "Whether the article was built all the same."),
    ),
}

# The order in which rows of a table are stored and exported: total, so that equal input gives equal bytes.
SORT_KEYS: Final[dict[str, tuple[str, ...]]] = {
    "articles": ("published_from", "source", "article_id"),
    "sentences": ("article_id", "sentence"),
    "passages": ("article_id", "passage"),
    "mentions": ("entity_id", "article_id", "mention"),
    "entities": ("label", "entity_id"),
    "quotes": ("article_id", "quote"),
    "portrayals": ("entity_id", "article_id", "mention"),
    "labels": ("entity_id", "article_id", "label"),
    "phrases": ("form", "article_id", "phrase"),
    "stories": ("story_id", "fact", "article_id", "start"),
    "story_titles": ("story_id",),
    "files": ("origin", "kind"),
    "problems": ("origin", "origin_row", "code", "reason"),
}

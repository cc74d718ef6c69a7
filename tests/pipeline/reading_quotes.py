"""What tests of quotes share: a text with its people, and the quotes found in it."""

from pipeline.core.annotations import Block, Entity, Mention, lines
from pipeline.core.parse import load_model
from pipeline.coreference.component import find_references
from pipeline.quotes.component import find_quotes

ANN, BO, CY = "person:ann-lee", "person:bo-kim", "person:cy-roe"


def parsed(text, **people):
    """Parse ``text``; ``people`` give entity ids by surname, found wherever the surname stands."""
    doc = load_model()(text)
    doc._.blocks = [Block(start, end, "body", n) for n, (start, end) in enumerate(lines(text))]
    names = {ANN: ("Ann Lee", "f"), BO: ("Bo Kim", "m"), CY: ("Cy Roe", "m")}
    mentions = []
    for surname, entity_id in people.items():
        full, gender = names[entity_id]
        doc._.entities[entity_id] = Entity(entity_id, "PERSON", full, gender=gender)
        at = text.find(surname)
        while at >= 0:
            first = full.split()[0] + " "
            start = at - len(first) if text[:at].endswith(first) else at
            mentions.append(Mention(start, at + len(surname), "PERSON", entity_id, "named"))
            at = text.find(surname, at + 1)
    doc._.mentions = sorted(mentions, key=lambda m: m.start)
    doc._.mentions = sorted([*doc._.mentions, *find_references(doc)], key=lambda m: m.start)
    return doc


def read(text, **people):
    doc = parsed(text, **people)
    return [(text[q.start : q.end], q.kind, q.speaker) for q in find_quotes(doc)]


def only(text, **people):
    (quote,) = find_quotes(parsed(text, **people))
    return quote


def speaker_words(text, quote):
    return text[quote.speaker_start : quote.speaker_end]

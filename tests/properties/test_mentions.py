from datetime import date
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from pipeline.core.annotations import Context
from pipeline.entities.administrations import Administrations
from pipeline.entities.component import Entities
from pipeline.places.component import Jurisdictions

WORDS = st.sampled_from(
    [
        *(
            "John",
            "Smith",
            "SMITH",
            "Mr.",
            "President",
            "president",
            "the",
            "The",
            "Trump",
            "Trump's",
            "administration",
        ),
        *(
            "New",
            "York",
            "Washington",
            ",",
            ".",
            "\n",
            "King",
            "County",
            "ICE",
            "(",
            ")",
            "U.S.",
            "Georgia",
            "’s",
            "under",
        ),
        *(
            "Jr.",
            "de",
            "la",
            "J.",
            "-",
            "Bill",
            "Border",
            "Patrol",
            "Springfield",
            "Ill.",
            "Americans",
            "Times",
            "\u00a0",
        ),
    ]
)
WORDS |= st.text(min_size=1, max_size=8)
LABELS = st.sampled_from(["O", "O", "O", "B-PERSON", "B-ORG", "B-GPE", "B-NORP"])


@settings(max_examples=300)
@given(st.lists(st.tuples(WORDS, st.booleans(), LABELS), max_size=40), st.none() | st.dates(min_value=date(1990, 1, 1)))
def test_mentions_of_any_text_are_in_bounds_in_order_and_apart(tokens, day):
    words, spaces, labels = (list(column) for column in zip(*tokens, strict=True)) if tokens else ([], [], [])
    doc = Doc(Vocab(), words=words, spaces=spaces, ents=labels)
    doc._.context = Context(day=day)
    for component in (Entities(), Jurisdictions(), Administrations()):
        doc = component(doc)
    mentions = doc._.mentions
    assert all(0 <= mention.start < mention.end <= len(doc.text) for mention in mentions)
    assert all(one.end <= other.start for one, other in pairwise(mentions))
    assert {mention.entity_id for mention in mentions} == set(doc._.entities)
    assert all("\n" not in doc.text[mention.start : mention.end] for mention in mentions)

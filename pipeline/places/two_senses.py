"""Words that tell a state from the city of its name: New York, Washington."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING, Final

from pipeline.core.resource_tables import toml
from pipeline.places.gazetteer import names_of_two_senses

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.places.gazetteer import Form, Place
    from pipeline.places.match import Match

# How sure it is which of city and state is meant where little tells.
UNSURE: Final = 0.65
# How many times larger the best known of several places of a name is.
DWARFS: Final = 25
# How often an article has to mean the state surely.
_SURE_TIMES: Final = 2
# Between the names of a list: "Oregon, Washington and Idaho".
LISTED: Final = re.compile(r",? (?:and|or|&) |, ")
_SEVERAL_STATES: Final = 2
# Somebody who is "in New York" is as a rule in the city.
_IN: Final = re.compile(r"\b[Ii]n $")


@cache
def says(state_code: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words that speak for the state, and for the city, of one name: ``places/two_senses.toml``."""
    table = toml("places/two_senses.toml")
    words_of_state = table["of"].get(state_code, {})
    state_says, city_says = ("|".join([*table[key], *words_of_state.get(key, [])]) for key in ("state", "city"))
    return re.compile(rf"\b(?:{state_says})(?!\w)"), re.compile(rf"\b(?:{city_says})(?!\w)")


def votes_for_state(context: str, state: Place) -> int:
    """How many words of ``context`` speak for the state less those for the city; the name itself says nothing."""
    context = context.replace(f"{state.name} City", "").replace(state.name, "")
    state_says, city_says = says(state.state)
    return len(state_says.findall(context)) - len(city_says.findall(context))


def follow_the_sure(text: str, matches: Sequence[Match]) -> None:
    """Take a name that little tells apart for the state, where the article surely means it elsewhere, and no city."""
    for name in names_of_two_senses():
        of_name = [match for match in matches if match.name == name and match.place is not None]
        sure = [match for match in of_name if match.confidence > UNSURE]
        if len(sure) < _SURE_TIMES or {match.place.kind for match in sure if match.place is not None} != {"state"}:
            continue
        for match in of_name:
            if match.confidence <= UNSURE and not _IN.search(text, max(0, match.start - 5), match.start):
                match.place = sure[0].place


def ends_list_of_states(text: str, matches: Sequence[Match], match: Match) -> bool:
    """Whether two states or more stand before a name in its list: "Oregon, North Dakota and Washington"."""
    number = bisect_left(matches, match.start, key=lambda another: another.start)
    states = 0
    while number:
        before, following = matches[number - 1], matches[number]
        state = before.place is not None and before.place.kind == "state" and before.sense == "named"
        if not state or not LISTED.fullmatch(text, before.end, following.start):
            break
        states, number = states + 1, number - 1
    return states >= _SEVERAL_STATES


def has_two_senses(match: Match) -> bool:
    """Whether a name is a city's and a state's that are often told apart by context alone."""
    return match.name in names_of_two_senses()


def is_list_of_cities(match: Match, following: Match, fitting: Iterable[Form]) -> bool:
    """Whether a large city stands in a list before one that a state is named like: "Boston, New York and Rome".

    ``fitting`` are the towns of the first name that lie in that state.
    """
    largest = max(form.place.population for form in match.forms)
    dwarfed = largest > DWARFS * max(form.place.population for form in fitting)
    return dwarfed and has_two_senses(following) and following.forms[0].sense == "named"

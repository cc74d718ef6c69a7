"""Words that tell a state from the city of its name: New York, Washington."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pipeline.core.resource_tables import toml

if TYPE_CHECKING:
    from pipeline.places.gazetteer import Place


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

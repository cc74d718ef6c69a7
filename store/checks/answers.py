"""Comparing a person's answer with the machine's, and with another person's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from store.checks.draw import category

if TYPE_CHECKING:
    from collections.abc import Mapping

    from store.queries.kinds import Kind

# What an answer to each kind of item measures; the first is what a result is titled by.
MEASURES: Final[dict[str, dict[str, str]]] = {
    "quotes": {"speaker": "Who says it", "said": "Whether anybody says it", "words": "Where the words begin and end"},
    "people": {"who": "Who or what is meant"},
    "places": {"who": "Which place is meant"},
    "portrayals": {"tone": "How they are spoken of"},
    "facts": {"same": "Whether two outlets tell the same"},
    "missed": {"nobody": "Whether nobody speaks where nothing was found"},
}
_WORD: Final = re.compile(r"\w+(?:['’-]\w+)*")
# Words that stand before names and tell nobody from another.
_PLAIN: Final = frozenset(
    {"a", "an", "the", "mr", "mrs", "ms", "dr", "sen", "senator", "rep", "representative", "gov", "governor"}
    | {"president", "secretary", "judge", "justice", "former"}
)


def _telling(name: str) -> set[str]:
    words = {re.sub(r"['’]s$", "", word.casefold()) for word in _WORD.findall(name)}
    return words - _PLAIN or words


def same_name(first: Mapping[str, Any], second: Mapping[str, Any]) -> bool:
    """Whether two answers name the same: the same entity, or, where one is written, all telling words of one name."""
    if first.get("entity") and second.get("entity"):
        return bool(first["entity"] == second["entity"])
    a, b = _telling(str(first.get("name", ""))), _telling(str(second.get("name", "")))
    return bool(a and b) and (a <= b or b <= a)


def right(measure: str, machine: Mapping[str, Any], answer: Mapping[str, Any]) -> bool | None:
    """Whether the machine is right by a person's answer; None where the person cannot tell, or it is not asked."""
    choice = answer["choice"]
    if measure == "said":
        return None if choice == "unclear" else choice == "named"
    if measure == "words":
        return None if choice != "named" else not answer.get("elsewhere", False)
    if choice == "unclear":
        return True if machine["choice"] == "unclear" else None
    if choice == "named":
        return machine["choice"] == "named" and same_name(machine, answer)
    return bool(choice == machine["choice"])


def value(answer: Mapping[str, Any]) -> str:
    """An answer as one value, for agreement: equal when two people answered the same."""
    if answer["choice"] != "named":
        return str(answer["choice"])
    return str(answer.get("entity") or " ".join(sorted(_telling(str(answer.get("name", ""))))))


def agree(first: Mapping[str, Any], second: Mapping[str, Any]) -> bool:
    """Whether two people answered the same."""
    if first["choice"] == second["choice"] == "named":
        return same_name(first, second)
    return bool(first["choice"] == second["choice"])


def values(answers: list[Mapping[str, Any]]) -> list[str]:
    """Several people's answers to one item as values: those that name the same have the same value."""
    given_values: list[str] = []
    for place, answer in enumerate(answers):
        same = next((given_values[before] for before in range(place) if agree(answers[before], answer)), "")
        given_values.append(same or value(answer))
    return given_values


SAID: Final = {
    "outlet": "the outlet itself", "nobody": "nobody", "unclear": "cannot be told", "none": "no name",
    "negative": "negative", "neutral": "neutral", "positive": "positive", "same": "the same", "part": "in part",
    "different": "not the same", "quoted": "somebody, in quotation marks", "reported": "somebody, without marks",
}  # fmt: skip


def in_words(answer: Mapping[str, Any]) -> str:
    """An answer as it is read."""
    words = str(answer.get("name") or answer.get("entity")) if answer["choice"] == "named" else SAID[answer["choice"]]
    return f"{words} (the words begin or end elsewhere)" if answer.get("elsewhere") else words


def category_of(
    kind: str, machine: Mapping[str, Any], answer: Mapping[str, Any], kinds: dict[tuple[str, str], Kind]
) -> str:
    """What figures count an answer in; empty where it says that there is nothing to count."""
    choice = answer["choice"]
    if choice in {"outlet", "nobody", "none"} and kind != "missed":
        return ""
    if choice != "named":
        return str(machine["category"]) if choice == "unclear" else str(choice)
    if machine["choice"] == "named" and same_name(machine, answer):
        return str(machine["category"])
    return category(kind, str(answer.get("entity", "")), str(answer.get("name", "")), kinds)

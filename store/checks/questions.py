"""What a person is asked about an item, and in which text: never the machine's answer, nor how sure it is.

Names to choose from stand in the order in which the text has them. The machine's is always among them where it has one,
and so are others, so that its being there tells nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from store.queries.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from store.reader import Store

# Names offered at most, and how much of the paragraphs beside an item is shown, in characters.
_NAMES: Final = 6
_AROUND: Final = 320
_LONGEST: Final = 1200


class Option(NamedTuple):
    """An answer to choose: the key that gives it, what it says, and the answer. ``write`` asks to write who."""

    key: str
    label: str
    answer: dict[str, Any]
    write: bool = False


class Passage(NamedTuple):
    """A passage to read: what stands before and after it in its paragraph, the marked words, and paragraphs beside."""

    above: str
    before: str
    marked: str
    after: str
    below: str
    # Where the name that is asked about stands in ``marked``, if it is a part of it.
    name: tuple[int, int] | None = None


class Question(NamedTuple):
    """An item as it is asked; ``gone`` says why it cannot be, empty where it can."""

    ask: str
    passages: tuple[Passage, ...]
    options: tuple[Option, ...]
    gone: str = ""


_OTHER: Final = Option("", "Somebody else: write who", {"choice": "named"}, write=True)
_UNCLEAR: Final = Option("0", "Cannot be told from the text", {"choice": "unclear"})
_FIXED: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "portrayals": (("negative", "Negative"), ("neutral", "Neutral, or neither more than the other"),
                   ("positive", "Positive")),
    "facts": (("same", "The same"), ("part", "In part: another number, or only some of it"),
              ("different", "Not the same")),
    "missed": (("nobody", "Nobody: the outlet itself speaks"), ("quoted", "Yes, in quotation marks"),
               ("reported", "Yes, told without marks")),
}  # fmt: skip
_ASK: Final = {
    "quotes": "Who says the marked words?",
    "people": "Whom or what do the marked words mean?",
    "places": "Which place do the marked words mean?",
    "facts": "Do both passages tell the same?",
    "missed": "Does anybody speak in the marked words, or is told to have said them?",
}
_LABELS: Final = {
    "quotes": ("PERSON", "ORG", "JURISDICTION"),
    "people": ("PERSON", "ORG"),
    "places": ("JURISDICTION",),
}


def question(store: Store, kind: str, item: dict[str, Any]) -> Question:
    """What is asked about an item of a sample."""
    wanted = [item["article"], *([item["other"]] if item.get("other") else [])]
    article_texts = texts(store, wanted)
    if any(article not in article_texts or item["end"] > len(article_texts[item["article"]]) for article in wanted):
        return Question("", (), (), "Its article is not among these articles any more.")
    text = article_texts[item["article"]]
    name = (item["mark_start"], item["mark_end"]) if item.get("mark_start") is not None else None
    passages = [passage(text, item["start"], item["end"], name)]
    if item.get("other"):
        passages.append(passage(article_texts[item["other"]], item["other_start"], item["other_end"]))
    about = item.get("about", "")
    ask = f"How do these words speak of {about}?" if kind == "portrayals" else _ASK[kind]
    return Question(ask, tuple(passages), options(store, kind, item, text))


def passage(text: str, start: int, end: int, name: tuple[int, int] | None = None) -> Passage:
    """A span in its paragraph, with the paragraphs above and below."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    inside = (name[0] - start, name[1] - start) if name and start <= name[0] and name[1] <= end else None
    return Passage(
        _tail(_line_of_words(text[:first].rstrip().rpartition("\n")[2]), _AROUND),
        _tail(text[first:start], _LONGEST),
        text[start:end],
        _head(text[end:last], _LONGEST),
        _head(text[last:].lstrip().partition("\n")[0], _AROUND),
        inside,
    )


def _line_of_words(line: str) -> str:
    """A line beside an item, empty where it holds signs alone."""
    return line if any(sign.isalnum() for sign in line) else ""


def _tail(text: str, most: int) -> str:
    return text if len(text) <= most else "…" + text[-most:].split(" ", 1)[-1]


def _head(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most].rsplit(" ", 1)[0] + "…"


def options(store: Store, kind: str, item: dict[str, Any], text: str) -> tuple[Option, ...]:
    """The answers to choose from, each with its key."""
    if kind in _FIXED:
        choices = [Option("", label, {"choice": choice}) for choice, label in _FIXED[kind]]
        return (*_keyed(choices), _UNCLEAR)
    named = [Option("", name, {"choice": "named", "entity": entity, "name": name})
             for entity, name in _names(store, kind, item, text)]  # fmt: skip
    outlet = Option("", "The outlet itself", {"choice": "outlet"})
    if kind == "quotes":
        nobody = Option("", "Nobody says anything here", {"choice": "nobody"})
        return (*_keyed([outlet, *named, _OTHER, nobody]), _UNCLEAR)
    none = Option("", "No place" if kind == "places" else "Nobody and nothing: no name", {"choice": "none"})
    another = _OTHER if kind == "people" else _OTHER._replace(label="Another place: write which")
    return (*_keyed([*named, another, none]), _UNCLEAR)


def _keyed(choices: Iterable[Option]) -> list[Option]:
    return [option._replace(key=str(number)) for number, option in enumerate(choices, 1)]


def _names(store: Store, kind: str, item: dict[str, Any], text: str) -> list[tuple[str, str]]:
    """Names near an item, by entity, in the order of the text: the nearest, and the machine's among them."""
    rows = store.rows_of(
        'SELECT m.entity_id, coalesce(e.name, m.name), m.start, m."end" FROM mentions m '
        "LEFT JOIN entities e USING (entity_id) WHERE m.article_id = $article "
        "AND list_contains(CAST($labels AS VARCHAR[]), m.label) AND m.voice <> 'furniture' ORDER BY m.start",
        {"article": item["article"], "labels": list(_LABELS[kind])},
    )
    spans = [(str(entity), str(name), int(start), int(end)) for entity, name, start, end in rows]
    if kind == "quotes":
        spoken = store.rows_of(
            "SELECT coalesce(speaker_id, ''), speaker, speaker_start, speaker_end FROM quotes "
            "WHERE article_id = $article AND speaker_start IS NOT NULL AND coalesce(speaker_id, '') = '' "
            "AND speaker <> '' ORDER BY start",
            {"article": item["article"]},
        )
        spans += [("", str(name), int(start), int(end)) for _, name, start, end in spoken]
    first: dict[tuple[str, str], int] = {}
    nearest: dict[tuple[str, str], int] = {}
    for entity, name, start, end in spans:
        who = (entity, "" if entity else name)
        away = max(0, item["start"] - end, start - item["end"])
        if away <= nearest.get(who, away):
            nearest[who] = away
        first.setdefault(who, start)
    called = {(entity, "" if entity else name): name for entity, name, _, _ in spans}
    machine = item["machine"]
    if machine.get("choice") == "named":
        machine_named = (str(machine.get("entity", "")), "" if machine.get("entity") else str(machine["name"]))
        called[machine_named] = str(machine["name"])
        position = text.find(str(machine["name"]))
        first.setdefault(machine_named, position if position >= 0 else item["start"])
        nearest[machine_named] = -1
    nearest_names = sorted(nearest, key=lambda who: (nearest[who], first[who]))[:_NAMES]
    # Two entities of one name are told apart by their ids, which say what they lie in.
    names: dict[str, int] = {}
    for who in nearest_names:
        names[called[who]] = names.get(called[who], 0) + 1
    return [
        (who[0], called[who] if names[called[who]] == 1 else f"{called[who]} ({who[0].partition(':')[2]})")
        for who in sorted(nearest_names, key=lambda who: (first[who], who))
    ]

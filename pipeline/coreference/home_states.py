"""Of which state and party people of an article are, and whom it means by "the Ohio senator", "the Ohio Republican"."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pipeline.core.resource_tables import key_of_each, parts, rows, toml
from pipeline.core.token_table import tokens_of
from pipeline.entities import offices
from pipeline.entities.person_names import parse_name
from pipeline.places.gazetteer import places

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pipeline.core.annotations import Mention
    from pipeline.core.quote_layout import Layout
    from pipeline.core.token_table import Token, Tokens

_SENATOR: Final = "senator"
_MEMBER: Final = "representative"
_GOVERNOR: Final = "governor"
_WORDS: Final = toml("coreference/role_words.toml")


def _any(name: str) -> str:
    return "|".join(_WORDS["lists"][name])


_OFFICES: Final = key_of_each(_WORDS["offices"])
_LAWMAKERS: Final = frozenset(_WORDS["lists"]["lawmakers"])
_PARTIES: Final = key_of_each(_WORDS["parties"])
_GENDERS: Final = key_of_each(_WORDS["role_genders"])
# What the place right after a name and these words is: "Lee, D-Ohio", "Lee (R., Ohio)", "Lee, a Republican from Ohio".
_PARTY_BEFORE: Final = re.compile(
    rf"\s*[,(]\s*(?:(?P<party>{_any('party_marks')})\b\.?\s?[-–—‑,]\s?"
    rf"|(?:an? |the )?(?P<word>{_any('of_party')}),? (?:of|from) )$"
)
_OF: Final = re.compile(r" (?:of|from) $")
# What may follow the place where a name is explained: "Lee, the junior Ohio senator", "Lee, an Ohio Republican".
_EXPLAINED: Final = re.compile(rf"(?:(?P<party>{_any('of_party')})|(?:[\w-]+ ){{0,2}}(?P<office>{_any('of_state')}))\b")
_EXPLAINS: Final = re.compile(r"\s*[,(–—]\s*(?:an?|the) (?:[\w-]+ ){0,2}$")
_AFTER_NAME: Final = 40
_TITLE: Final = 5
_WORDS_OF_A_PHRASE: Final = 6
_IN_A_PHRASE: Final = frozenset({"ADJ", "NOUN", "PROPN"})
_ANOTHER_HOUSE: Final = frozenset(_WORDS["lists"]["another_house"])


@dataclass(slots=True)
class Home:
    """States by postal code, the letter of the party, and what somebody is or was there; empty: not told."""

    states: set[str] = field(default_factory=set)
    party: str = ""
    roles: set[str] = field(default_factory=set)


@lru_cache(maxsize=1)
def known_homes() -> Mapping[str, Home]:
    """Of well-known people, by entity id: ``members.csv``, ``home_states.csv``, and governors of ``offices.csv``."""
    homes: defaultdict[str, Home] = defaultdict(Home)
    for row in (*rows("entities/members.csv"), *rows("coreference/home_states.csv")):
        names = (parse_name(name) for name in [row["name"], *parts(row.get("aliases", ""))])
        for entity_id in {name.entity_id for name in names if name is not None}:
            home = homes[entity_id]
            home.states.add(row["state"])
            home.party = row["party"]
            home.roles.update(parts(row["roles"]))
    for entity_id, place in offices.governed().items():
        homes[entity_id].states.add(places()[place].state)
        homes[entity_id].roles.add(_GOVERNOR)
    return dict(homes)


@dataclass(frozen=True, slots=True)
class RolePhrase:
    """Whom a phrase asks for: `the former Ohio Republican`."""

    role: str
    state: str

    def fits(self, home: Home, gender: str) -> bool:
        """Whether it may be somebody with this home and gender."""
        gender_told = _GENDERS.get(self.role, "")
        if self.state not in home.states or (gender_told and gender and gender_told != gender):
            return False
        if self.role in _LAWMAKERS:
            return not home.roles or bool(home.roles & {_SENATOR, _MEMBER})
        if self.role in _PARTIES:
            return home.party in {"", _PARTIES[self.role]}
        return _OFFICES.get(self.role, self.role) in home.roles


class HomeStates:
    """The homes of the people of one article; ``taken`` is the mention at each token."""

    def __init__(self, doc: Tokens, layout: Layout, taken: Mapping[int, Mention]) -> None:
        self._doc = doc
        self._layout = layout
        self._taken = taken
        self._homes: defaultdict[str, Home] = defaultdict(Home)

    def learn(self, person: Mention) -> None:
        """Note what stands beside a name."""
        tokens = self._layout.tokens_of(person.start, person.end)
        home = self._homes[person.entity_id]
        for i in range(tokens.start - 1, max(tokens.start - 1 - _TITLE, -1), -1):
            word, state = self._doc[i].lower_, self._state(i)
            if word in _OFFICES:
                home.roles.add(_OFFICES[word])
            elif word in _PARTIES:
                home.party = home.party or _PARTIES[word]
            elif state:
                home.states.add(state)
            elif self._doc[i].pos_ not in _IN_A_PHRASE or "\n" in self._doc[i].text:
                break
        self._learn_after(person, tokens.stop, home)

    def _learn_after(self, person: Mention, first: int, home: Home) -> None:
        text = self._layout.text
        for i in range(first, min(first + _WORDS_OF_A_PHRASE + 2, len(self._doc))):
            place = self._taken.get(i)
            if place is None:
                continue
            between = text[person.end : place.start]
            if not (state := self._state(i)) or len(between) > _AFTER_NAME:
                return
            party = _PARTY_BEFORE.match(between)
            explained = _EXPLAINED.match(text, place.end + 1) if _EXPLAINS.match(between) else None
            if party is not None:
                home.party = home.party or _PARTIES[(party["party"] or party["word"]).lower()]
            elif explained is not None:
                home.party = home.party or _PARTIES.get((explained["party"] or "").lower(), "")
                home.roles.update(filter(None, [_OFFICES.get(explained["office"] or "")]))
            elif not (_OF.match(between) and home.roles):
                return
            home.states.add(state)
            return

    def _state(self, i: int) -> str:
        """The postal code of the state that a token names; of New York also where it is taken for the city."""
        mention = self._taken.get(i)
        if mention is None or mention.label != "JURISDICTION":
            return ""
        entity = self._doc._.entities.get(mention.entity_id)
        if entity is None or not entity.state:
            return ""
        name = places()[f"place:us-{entity.state.lower()}"].name
        is_state = entity.kind == "state" or self._layout.text[mention.start : mention.end] == name
        return str(entity.state) if is_state else ""

    def phrase_of(self, role: Token, first: int) -> RolePhrase | None:
        """Whom the words from ``first`` to ``role`` ask for, if they name a state."""
        between = tokens_of(self._doc)[first : role.i]
        states = {state for token in between if (state := self._state(token.i))}
        if len(states) != 1 or any(token.lower_ in _ANOTHER_HOUSE for token in between):
            return None
        return RolePhrase(role.lower_, states.pop())

    def fitting(self, phrase: RolePhrase, genders: Mapping[str, str]) -> Iterator[str]:
        """The ids of those with ``genders`` whom ``phrase`` may mean, by what the article tells, else by the table."""
        for entity_id, gender in genders.items():
            in_article, in_table = self._homes.get(entity_id), known_homes().get(entity_id)
            homes = [home for home in (in_article, in_table) if home is not None]
            if (
                in_article is not None
                and in_table is not None
                and in_article.states
                and not in_article.states & in_table.states
            ):
                homes = [in_article]  # a namesake
            whole = Home(
                {state for home in homes for state in home.states},
                next((home.party for home in homes if home.party), ""),
                {role for home in homes for role in home.roles},
            )
            if phrase.fits(whole, gender):
                yield entity_id

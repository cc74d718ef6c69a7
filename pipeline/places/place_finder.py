"""The places of one article: which words name one, and which place of a name is meant."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from math import log10
from typing import TYPE_CHECKING, Final

from pipeline.core.annotations import Entity, Mention
from pipeline.core.resource_tables import any_of
from pipeline.core.word_lists import common_words
from pipeline.places.county_names import county_names
from pipeline.places.gazetteer import (
    KNOWN_CITY,
    Form,
    Place,
    borough_names,
    entity,
    forms,
    gazetteer,
)
from pipeline.places.local_bodies import find_bodies, has_body
from pipeline.places.match import Match
from pipeline.places.place_usage import (
    CITY_AFTER,
    in_nation,
    is_city_abroad,
    is_country_of_somebodys_name,
    is_degree,
    is_place,
    is_where,
    stands_for_government,
)
from pipeline.places.two_senses import (
    DWARFS,
    LISTED,
    UNSURE,
    ends_list_of_states,
    follow_the_sure,
    has_two_senses,
    is_list_of_cities,
    says,
    votes_for_state,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.core.spans import Cover
    from pipeline.core.text_index import TextIndex
    from store.schema import MentionResolution

# "City, State" or "City [State]".
_COMMA: Final = re.compile(r", ?| [(\[]|,? in ")
_AROUND: Final = "places/around_places.toml"
_STATE_AFTER: Final = re.compile(any_of(_AROUND, "state_after"))
# What is said of those who govern, not of a state: "Washington is divided".
_POLITICS_AFTER: Final = re.compile(
    rf" (?:is|was|are|remains?|has been|seems|looks) (?:\w+ )?{any_of(_AROUND, 'politics_after')}\b"
)
_STATE_BEFORE: Final = re.compile(rf"{any_of(_AROUND, 'state_before')} $")
_CITY_BEFORE: Final = re.compile(rf"{any_of(_AROUND, 'city_before')} $")
_PROVINCE_BEFORE: Final = re.compile(rf"\b{any_of(_AROUND, 'province_before')} of $")
_PROVINCE_AFTER: Final = re.compile(rf"(?:'s)? {any_of(_AROUND, 'province_after')}\b")
# What a "Police Department" or "County Jail" adds to the score of an American place of its name.
_AMERICAN: Final = 4.0
# What speaks for an American town of some size against one abroad of the same name.
_AT_HOME: Final = 0.8
# What the place a report is sent from speaks for others of its state or country.
_DATELINE: Final = re.compile(r"[^.\n]{0,24}?(?:[—–]| --? |\()")
_SENT_FROM: Final = 4.0
# Characters before and after a name that speak for one of its senses.
_CONTEXT: Final = 300


class PlaceFinder:
    """Finds and tells apart the places of one article."""

    def __init__(self, reading: TextIndex, taken: Cover, people: Iterable[Mention]) -> None:
        self._reading = reading
        self._taken = taken
        spans = [(mention.start, mention.end) for mention in people]
        self._person_ends = {end for _, end in spans}
        self._names_of_people = {word for start, end in spans for word in reading.text[start:end].split()}
        self._paired: dict[str, Form] = {}
        self._matches: list[Match] = []
        self._states: Counter[str] = Counter()
        self._countries: Counter[str] = Counter()
        self._towns: set[str] = set()
        self._sent_from = ""
        self._near: defaultdict[int, set[str]] = defaultdict(set)
        self._line_near: defaultdict[int, set[str]] = defaultdict(set)

    def find(self) -> list[Mention]:
        """Mentions in order of the text."""
        self._collect()
        self._pair()
        self._settle_sure()
        self._read_dateline()
        # Counties and cities first: "King County" tells which Washington, and its sentence which King County.
        for match in self._matches:
            if match.place is None and not has_two_senses(match):
                self._choose(match)
        for match in self._matches:
            if match.place is None and has_two_senses(match):
                self._choose_sense(match)
        follow_the_sure(self._reading.text, self._matches)
        return [self._mention(match) for match in self._matches if match.place is not None]

    def _collect(self) -> None:
        reading, table = self._reading, forms()
        for start, end, name in gazetteer().find(reading):
            if name not in table or self._taken.holds(start, end) or reading.credit(start):
                continue
            if table[name][0].place.state and is_degree(reading.text, start, end, self._person_ends):
                continue
            senses = self._without_provinces(start, end, table[name])
            match = Match(start, end, name, senses, reading.sentence(start), reading.line(start))
            self._matches.append(match)
        for start, end, name in county_names(reading):
            senses = tuple(form for form in table[f"{name} County"] if form.place.kind == "county")
            if not self._taken.holds(start, end):
                self._matches = [match for match in self._matches if match.end <= start or end <= match.start]
                self._matches.append(Match(start, end, name, senses, reading.sentence(start), reading.line(start)))
        self._matches.sort(key=lambda match: match.start)

    def _without_provinces(self, start: int, end: int, senses: tuple[Form, ...]) -> tuple[Form, ...]:
        """Puebla is the city but where the text says "state of Puebla"; then it is nothing else."""
        provinces = tuple(form for form in senses if form.place.kind == "province")
        if not provinces or len(provinces) == len(senses):
            return senses
        text = self._reading.text
        if _PROVINCE_BEFORE.search(text, max(0, start - 20), start) or _PROVINCE_AFTER.match(text, end):
            return provinces
        towns = tuple(form for form in senses if form.place.kind != "province")
        largest = max(form.place.population for form in towns)
        # Normandy is no town in Missouri.
        dwarfed = largest * DWARFS < max(form.place.population for form in provinces)
        return senses if dwarfed else towns

    def _pair(self) -> None:
        """Find which city or county is meant by the state beside it: "Brownsville, Texas" or "Escondido, Calif."."""
        text, unknown = self._reading.text, set()
        for number, (match, following) in enumerate(zip(self._matches, self._matches[1:], strict=False)):
            comma = _COMMA.match(text, match.end)
            if comma is None or comma.end() != following.start:
                continue
            if comma.group().endswith("in ") and "GPE" not in self._reading.labels(match.start, match.end):
                continue  # "a summit in Washington" is in no town of Summit
            states = {form.place.state for form in following.forms if form.place.kind == "state"}
            states |= {form.place.entity_id for form in following.forms if form.place.kind == "country"}
            fitting = [
                form
                for form in match.forms
                if form.sense == "named"
                and form.place.kind in {"city", "county", "borough"}
                and not (form.weak and match.wide and not self._town_of_that_name(number))
                and (form.place.state in states if form.place.state else form.place.parent_id in states)
            ]
            if fitting and is_list_of_cities(match, following, fitting):
                continue
            if fitting:
                best = max(fitting, key=lambda form: form.place.population)
                self._take(match, best, 1.0)
                match.state = best.place.state
                paired = self._paired.setdefault(match.name, best)
                if paired.place.entity_id != best.place.entity_id:
                    self._paired[match.name] = _NO_FORM
                wider = [
                    form
                    for form in following.forms
                    if (form.place.state == best.place.state and form.place.kind == "state")
                    or form.place.entity_id == best.place.parent_id
                ]
                if wider:
                    self._take(following, wider[0], 1.0)
            elif match.only_towns and all(form.place.kind == "state" for form in following.forms):
                # "Frankford, Del." is none of the Frankfords the table knows.
                unknown.add(match.start)
        self._matches = [match for match in self._matches if match.start not in unknown]

    def _town_of_that_name(self, number: int) -> bool:
        """Whether a country's or state's name, with a state behind it, is a town's: "Lebanon, Pennsylvania"."""
        match, following = self._matches[number : number + 2]
        text = self._reading.text
        if any(form.place.kind == "state" for form in match.forms):
            return following.forms[0].sense == "abbreviation" and text[following.end - 1] == "."
        before = self._matches[number - 1] if number else None
        after = self._matches[number + 2] if number + 2 < len(self._matches) else None
        return not (
            (before is not None and LISTED.fullmatch(text, before.end, match.start) and before.wide)
            or (after is not None and LISTED.fullmatch(text, following.end, after.start) and after.wide)
        )

    def _take(self, match: Match, form: Form, confidence: float) -> None:
        match.place, match.sense, match.confidence, match.sure = form.place, form.sense, confidence, confidence > 0.9
        if form.sense == "demonym":
            return
        if form.place.kind == "city":
            self._towns.add(match.name)
        if form.place.kind == "borough":
            self._towns |= borough_names()
        where = form.place.state or form.place.parent_id or form.place.entity_id
        if form.place.state:
            self._states[form.place.state] += 1
        else:
            self._countries[where] += 1
        self._near[match.sentence].add(where)
        self._line_near[match.line].add(where)

    def _settle_sure(self) -> None:
        """Names that can mean only one place."""
        for match in self._matches:
            if match.place is not None or not is_place(self._reading, match, self._towns):
                continue
            abroad = in_nation(self._reading, match)
            if abroad is not None:
                self._take(match, abroad, 0.95)
                continue
            paired = self._paired.get(match.name, _NO_FORM)
            if paired in match.forms and not has_two_senses(match) and not self._another_meant(match, paired):
                self._take(match, paired, 0.9)
                continue
            strong = [form for form in match.forms if not form.weak]
            if len(strong) == 1 and (len(match.forms) == 1 or strong[0].place.kind in {"country", "state"}):
                self._take(match, strong[0], 1.0)
            elif len(strong) == 1 and strong[0].place.population > DWARFS * max(
                form.place.population for form in match.forms if form is not strong[0]
            ):
                self._take(match, strong[0], 0.95)

    def _read_dateline(self) -> None:
        """Note where the report was sent from: "TBILISI (Reuters) -"."""
        first = next(iter(self._matches), None)
        if first is None or first.place is None or self._reading.text[: first.start].strip():
            return
        if _DATELINE.match(self._reading.text, first.end):
            self._sent_from = first.place.state or first.place.parent_id or first.place.entity_id

    def _another_meant(self, match: Match, paired: Form) -> bool:
        """Whether the sentence names the country of another place of that name than the one told by its state."""
        near = self._near[match.sentence]
        return any(
            form.place.kind in {"country", "state"} or form.place.parent_id in near or (form.place.state in near)
            for form in match.forms
            if form.place.entity_id != paired.place.entity_id
            and (form.place.state or form.place.parent_id or form.place.entity_id) in near
        )

    def _beside_town_abroad(self, match: Match) -> bool:
        """Whether the sentence names a town of a country that goes by the same name."""
        countries = {form.place.entity_id for form in match.forms if form.place.kind == "country"}
        return any(
            another.sentence == match.sentence and another.place is not None and another.place.parent_id in countries
            for another in self._around(match)
        )

    def _score(self, match: Match, place: Place) -> float:
        """How well a place fits: its size, and what its sentence, line and article name of its state or country."""
        where = place.state or (place.entity_id if place.kind == "country" else place.parent_id)
        score = 2 * log10(place.population + 10)
        if where in self._near[match.sentence] or self._state_said(match, place.state):
            score += 4.0
        elif where in self._line_near[match.line]:
            score += 2.5
        if (place.state and self._states) or (not place.state and self._foreign(match.sentence)):
            score += 1.5
        if place.state and place.population >= KNOWN_CITY:
            score += _AT_HOME
        if place.state and has_body(self._reading.text, match.name, match.end):
            score += _AMERICAN
        if where == self._sent_from:
            score += _SENT_FROM
        if place.state:
            return score + min(2.0, 0.75 * self._states[place.state])
        return score + min(1.5, 0.5 * self._countries[where])

    def _foreign(self, sentence: int) -> bool:
        """Whether a sentence names other countries, and no American place."""
        near = self._near[sentence] - {"place:us"}
        return bool(near) and all(where.startswith("place:") for where in near)

    def _state_said(self, match: Match, state: str) -> bool:
        """Whether the sentence has the state's name, even if that can mean something else too."""
        return any(
            another.sentence == match.sentence
            and another is not match
            and any(form.place.kind == "state" and form.place.state == state for form in another.forms)
            for another in self._around(match)
        )

    def _around(self, match: Match) -> list[Match]:
        number = bisect_left(self._matches, match.start, key=lambda another: another.start)
        return self._matches[max(0, number - 6) : number + 7]

    def _joined_to(self, match: Match) -> Place | None:
        """The town that a name is joined to, which may be one of its country: "between Kiev and Odessa"."""
        number = bisect_left(self._matches, match.start, key=lambda another: another.start)
        before = self._matches[number - 1] if number else None
        if before is None or not LISTED.fullmatch(self._reading.text, before.end, match.start):
            return None
        return before.place if before.place is not None and before.place.kind == "city" else None

    def _choose(self, match: Match) -> None:
        seen = is_place(self._reading, match, self._towns)
        abroad = not seen and is_city_abroad(self._reading, match, self._names_of_people)
        fellow = self._joined_to(match) if not seen else None
        seen = seen or is_country_of_somebodys_name(self._reading, match, self._matches, self._names_of_people)
        if not seen and not abroad and fellow is None and not is_where(self._reading, match, self._towns):
            return
        called_state = _STATE_BEFORE.search(self._reading.text, max(0, match.start - 24), match.start)
        # "Tbilisi, the capital of Georgia" is of no state.
        called_state = called_state if not self._beside_town_abroad(match) else None
        states = [form for form in match.forms if form.place.kind == "state" and called_state]
        scored = sorted(
            ((self._score(match, form.place), form.place.entity_id, form) for form in states or match.forms),
            reverse=True,
        )
        best = scored[0][2]
        margin = scored[0][0] - (scored[1][0] if len(scored) > 1 else 0.0)
        near = best.place.state in self._states or best.place.parent_id in self._countries
        if best.weak and best.place.kind == "city" and best.place.population < KNOWN_CITY and not near:
            return
        known = best.place.population >= KNOWN_CITY or match.name.lower() not in common_words()
        # What the model takes for a body is a town beside others of its state alone: "crews from Fontana".
        body = "ORG" in self._reading.labels(match.start, match.end)
        fellows = self._line_near[match.line] if body else self._states
        joined = fellow is not None and (fellow.state, fellow.parent_id) == (best.place.state, best.place.parent_id)
        abroad = joined or (abroad and not best.place.state)
        if not seen and not abroad and not (known and best.place.state in fellows):
            return
        self._take(match, best, 0.9 if margin > 2 else 0.75 if margin > 0.7 else 0.55)

    def _choose_sense(self, match: Match) -> None:
        """City or state of one name: New York and Washington."""
        if not is_place(self._reading, match, self._towns):
            return
        reading, text = self._reading, self._reading.text
        state = next(form for form in match.forms if form.place.kind == "state" and not form.weak)
        city = next((form for form in match.forms if form.place.kind == "city" and not form.weak), state)
        before = text[max(0, match.start - 24) : match.start]
        if match.name == "Washington" and _POLITICS_AFTER.match(text, match.end):
            self._take(match, city, 0.9)
        elif _STATE_AFTER.match(text, match.end) or _STATE_BEFORE.search(before):
            self._take(match, state, 0.95)
        elif CITY_AFTER.match(text, match.end) or _CITY_BEFORE.search(before):
            self._take(match, city, 0.95)
        elif state.place.state == "WA":
            near = self._near[match.sentence] | self._line_near[match.line]
            in_state = "WA" in near or ends_list_of_states(text, self._matches, match)
            # Beside a town of the state, but of those who govern the country: "In Washington, Congress shrugged".
            sentence = text[slice(*reading.sentence_span(match.start))].replace(match.name, "")
            state_says, city_says = says("WA")
            governs = city_says.search(sentence) is not None and state_says.search(sentence) is None
            self._take(match, state if in_state and not governs else city, 0.85)
        else:
            others = [
                another.place
                for another in self._around(match)
                if another.place is not None and another.sentence == match.sentence and another.sense == "named"
            ]
            # Beside other towns of the state its name is the state's; beside those of others it is the city's.
            beside = {place.kind for place in others if place.kind != "city" or place.state != state.place.state}
            fellows = sum(place.kind == "city" and place.state == state.place.state for place in others)
            start, end = reading.sentence_span(match.start)
            start, end = max(start, match.start - _CONTEXT), min(end, match.end + _CONTEXT)
            # The next sentence speaks too, but not the next line: a caption stands alone.
            context = text[start : end + _CONTEXT].lstrip().split("\n", 1)[0]
            before = text[max(0, start - _CONTEXT) : start].rsplit("\n", 1)[-1]
            votes = votes_for_state(context, state.place) + votes_for_state(before, state.place) / 2
            votes += fellows + 2 * ("state" in beside) - 3 * ("city" in beside) - ("borough" in beside)
            self._take(match, state if votes > 0 else city, 0.8 if abs(votes) > 1 else UNSURE)

    def bodies(self) -> tuple[list[Mention], list[Entity]]:
        """Police, jails and the like of the places found."""
        return find_bodies(self._reading, self._matches)

    def entities(self) -> list[Entity]:
        """The places found."""
        return [entity(match.place) for match in self._matches if match.place is not None]

    def _mention(self, match: Match) -> Mention:
        place = match.place
        assert place is not None  # noqa: S101  the caller has looked
        resolution: MentionResolution = match.sense if match.sure or match.sense != "named" else "context"
        return Mention(
            match.start,
            match.end,
            "JURISDICTION",
            place.entity_id,
            resolution,
            match.confidence,
            metonym=match.sense != "demonym" and stands_for_government(self._reading, match),
        )


# Stands for a name that the article gives to two places.
_NO_FORM: Final = Form(Place("", "", "city", "", "", "", 0), "named", weak=True)

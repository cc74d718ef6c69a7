"""Cues: the words by which an article attributes words or thoughts to somebody."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, cast

from pipeline.core.resource_tables import RESOURCES

if TYPE_CHECKING:
    from pipeline.core.token_table import Token
    from store.schema import CueClass

_FILE: Final = RESOURCES / "core/cues.csv"


# Participles of what is done to whoever is to answer.
ASKED: Final = frozenset({"asked", "pressed", "questioned", "quizzed"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue's dictionary form and what the choice of it says: a class of ``store.schema.CUE_CLASSES``.

    ``reports``: its clause or object is what somebody says, thinks or wants, with or without quotation marks;
    ``silent``: what somebody thinks or wants, which need not be said.
    """

    lemma: str
    cue_class: CueClass
    reports: bool = True
    silent: bool = False


@lru_cache(maxsize=1)
def cue_forms() -> dict[str, Cue]:
    """Each inflected form of ``resources/core/cues.csv`` with its cue."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(line for line in file if not line.startswith("#"))
        return {
            form: Cue(
                row["lemma"], cast("CueClass", row["class"]), row["reports"] != "no", row["reports"] == "thoughts"
            )
            for row in rows
            for form in row["forms"].split()
        }


def cue_of(token: Token) -> Cue | None:
    """The cue ``token`` is a form of, if it is one."""
    return cue_forms().get(token.lower_)


def is_verb(token: Token) -> bool:
    """Whether ``token`` is a verb that can be a cue: no auxiliary."""
    return token.pos_ == "VERB" and token.dep_ not in {"aux", "auxpass"}


def class_of(token: Token) -> tuple[str, CueClass]:
    """Dictionary form and class of a cue in the text; a verb no list holds stands for itself and is neutral."""
    cue = cue_of(token)
    return (cue.lemma, cue.cue_class) if cue else (token.lower_, "neutral")

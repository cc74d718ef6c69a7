"""What a user said of their files: which column is which, which way dates go, and what an outlet is called."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pipeline.readers import outlets as outlet_table
from pipeline.readers import removed as removals
from pipeline.readers.columns import ROLES
from pipeline.readers.dates import ORDERS
from pipeline.readers.removed import Removed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# In a data folder.
FILE: Final = "reading.json"


@dataclass(frozen=True, slots=True)
class Choices:
    """Corrections of how files are read; without any, Framelens chooses.

    ``columns`` gives a column's name for a role such as ``source``; ``outlets`` the one name of an outlet for each
    way in which files write it, in small letters; ``dates`` is ``day-first`` or ``month-first``; ``removed`` are the
    articles that are not to be read again; ``told`` is a hash of all of it.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    dates: str = ""
    outlets: Mapping[str, str] = field(default_factory=dict)
    removed: Removed = field(default_factory=Removed)
    told: str = field(init=False, compare=False, repr=False, default="")

    def __post_init__(self) -> None:
        """Sum up all of them: files are known again only where nothing else is said of how they are read."""
        removed = sorted(self.removed.ids), sorted(self.removed.places)
        said = repr((sorted(self.columns.items()), self.dates, sorted(self.outlets.items()), *removed))
        object.__setattr__(self, "told", hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest())

    def outlet(self, name: str) -> str:
        """The one name of an outlet."""
        return self.outlets.get(name.lower(), name) if self.outlets else name


def load(data: Path) -> Choices:
    """The choices kept in a data folder.

    Raises:
        ValueError: the file cannot be read or says something unknown.
    """
    path = data / FILE
    outlets = outlet_table.load(data)
    removed = removals.load(data)
    if not path.is_file():
        return Choices(outlets=outlets, removed=removed)
    try:
        stored = json.loads(path.read_text("utf-8"))
        columns = {str(role): str(name) for role, name in stored.get("columns", {}).items()}
        dates = str(stored.get("dates", ""))
    except (ValueError, AttributeError, OSError) as error:
        message = f"{path} cannot be read ({error}). Mend it or remove it."
        raise ValueError(message) from error
    check(columns, dates)
    return Choices(columns, dates, outlets, removed)


def save(data: Path, choices: Choices) -> None:
    """Keep choices in a data folder; one that holds nothing leaves no file."""
    path = data / FILE
    outlet_table.save(data, choices.outlets)
    if not choices.columns and not choices.dates:
        path.unlink(missing_ok=True)
        return
    data.mkdir(parents=True, exist_ok=True)
    stored = {"columns": dict(choices.columns), "dates": choices.dates}
    partial = path.with_name(path.name + ".part")
    partial.write_text(json.dumps(stored, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    partial.replace(path)


def check(columns: Mapping[str, str], dates: str) -> None:
    """Refuse what no reader knows.

    Raises:
        ValueError: a role or an order of dates that is none.
    """
    if unknown := sorted(set(columns) - set(ROLES)):
        message = f"A column can be named for {', '.join(ROLES)}, not for {', '.join(unknown)}."
        raise ValueError(message)
    if dates and dates not in ORDERS:
        message = f"Dates are {' or '.join(ORDERS)}, not {dates!r}."
        raise ValueError(message)

"""Build ``pipeline/resources/entities/members.csv``: members of Congress with their state, party, sex and chambers.

    python training/build_members.py legislators-current.yaml.gz

Source: ``legislators-current.yaml`` of https://github.com/unitedstates/congress-legislators (public domain, CC0),
packed with gzip: members sitting when it was stored, with all their terms. Members who had left before are not in it;
those of
``home_states.csv`` stay as compiled. The script needs PyYAML, and prints where that table and ``genders.csv`` say
something else, and which of their rows this one makes needless; ``--tidy`` takes these out.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from pipeline.core.resource_tables import RESOURCES, rows
from pipeline.entities.person_names import parse_name

if TYPE_CHECKING:
    from collections.abc import Iterable

OUT = RESOURCES / "entities" / "members.csv"
HOMES, GENDERS = RESOURCES / "coreference" / "home_states.csv", RESOURCES / "entities" / "genders.csv"
COLUMNS = ("name", "aliases", "state", "party", "gender", "roles")
ROLES = {"sen": "senator", "rep": "representative"}
# Years after which the Senate is all that a senator is called by.
LONG = 8
PARTIES = {"Democrat": "D", "Republican": "R", "Independent": "I"}


def names(member: dict[str, Any]) -> list[str]:
    """How the news may call a member in full, the usual name first."""
    name = member["name"]
    forms = [
        re.sub(r" \(.*\)", "", member["id"].get("wikipedia", "")),
        name.get("official_full", ""),
        f"{name.get('nickname') or name['first']} {name['last']}",
        f"{name['first']} {name['last']}",
    ]
    return list(dict.fromkeys(filter(None, forms)))


def roles(terms: list[dict[str, Any]]) -> list[str]:
    """What a member is or was; the House is left out of those long in the Senate, whom nobody calls by it."""
    first = next((term["start"] for term in terms if term["type"] == "sen"), "")
    long = first and int(terms[-1]["end"][:4]) - int(first[:4]) > LONG
    return list(dict.fromkeys(ROLES[term["type"]] for term in terms if not (long and term["type"] == "rep")))


def build(members: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
    """Rows of the table, in order of the names."""
    table = []
    for member in members:
        terms = member["terms"]
        usual, *others = names(member)
        table.append(
            {
                "name": usual,
                "aliases": "|".join(others),
                "state": terms[-1]["state"],
                "party": PARTIES[terms[-1]["party"]],
                "gender": member["bio"]["gender"].lower(),
                "roles": "|".join(roles(terms)),
            }
        )
    return sorted(table, key=lambda row: row["name"])


def ids(row: dict[str, str]) -> set[str]:
    """Entity ids of the names of a row."""
    parsed = (parse_name(name) for name in [row["name"], *row.get("aliases", "").split("|")] if name)
    return {name.entity_id for name in parsed if name is not None}


def without(path: Path, needless: set[str]) -> None:
    """Take the rows whose first cell is in ``needless`` out of a table."""
    lines = [line for line in path.read_text("utf-8").splitlines() if line.split(",", 1)[0] not in needless]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def main() -> None:
    """Write the table, and compare the others with it."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("--tidy", action="store_true", help="take rows out of the other tables that this one has")
    arguments = parser.parse_args()
    members = yaml.load(gzip.decompress(arguments.source.read_bytes()), Loader=yaml.CSafeLoader)
    table = build(members)
    text = io.StringIO()
    since = max(member["terms"][-1]["start"] for member in members)
    text.write(
        "# Members of Congress sitting after the last of them took office, and what they have been there.\n"
        f"# Source: legislators-current.yaml of unitedstates/congress-legislators (CC0), last term begun {since};\n"
        "# training/build_members.py makes it.\n"
    )
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(table)
    OUT.write_text(text.getvalue(), "utf-8")
    print(f"{len(table)} members, last term begun {since}: {OUT.name}")
    row_by_id = {key: row for row in table for key in ids(row)}
    needless: dict[Path, set[str]] = {HOMES: set(), GENDERS: set()}
    for path, columns in ((HOMES, ("state", "party")), (GENDERS, ("gender",))):
        for row in rows(str(path.relative_to(RESOURCES))):
            member = next((row_by_id[key] for key in ids(row) if key in row_by_id), None)
            if member is None:
                continue
            needless[path].add(row["name"])
            differing = {column: (row[column], member[column]) for column in columns if row[column] != member[column]}
            if differing:
                print(f"{path.name}, {row['name']}: {differing}")
        print(f"{path.name}: {len(needless[path])} of {len(rows(str(path.relative_to(RESOURCES))))} rows are in it too")
    if arguments.tidy:
        for path, taken in needless.items():
            without(path, taken)


if __name__ == "__main__":
    main()

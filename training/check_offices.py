"""Check ``pipeline/resources/entities/offices.csv`` and ``store/administrations.csv`` against public lists.

    python -m training.check_offices executive.yaml.gz legislators-current.yaml.gz

Source: the files of these names of https://github.com/unitedstates/congress-legislators (public domain, CC0), packed
with gzip. They have the terms of presidents and vice presidents, and which parts in the leadership of Congress those
who still sit have had (not all: Nancy Pelosi's first time as Speaker is missing). Prints how many rows could be
checked, and every difference. Governors, mayors and heads of departments are in neither file: their rows stay as
compiled. The script needs PyYAML.
"""

from __future__ import annotations

import argparse
import csv
import gzip
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import yaml

from pipeline.core.resource_tables import rows
from pipeline.entities.person_names import parse_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ADMINISTRATIONS: Final = Path(__file__).parents[1] / "store/administrations.csv"
EXECUTIVE: Final = {"prez": "president", "viceprez": "vice president"}
LEADERS: Final = {
    "Speaker of the House": "house speaker",
    "Senate Majority Leader": "senate leader",
    "Senate Minority Leader": "senate leader",
}


class Tenure(NamedTuple):
    """A time in an office: the surname, the office, the first day and the day it ended (empty: it goes on)."""

    surname: str
    office: str
    start: str
    end: str


def joined(tenures: Iterable[Tenure]) -> Iterator[Tenure]:
    """Terms of one person in one office that follow each other without a gap, as one."""
    before: Tenure | None = None
    for tenure in sorted(tenures):
        if before and before[:2] == tenure[:2] and before.end == tenure.start:
            before = before._replace(end=tenure.end)
            continue
        if before:
            yield before
        before = tenure
    if before:
        yield before


def public_tenures(executive: list[dict[str, Any]], members: list[dict[str, Any]], today: str) -> set[Tenure]:
    """Of presidents, vice presidents, speakers and Senate leaders; those that last beyond ``today`` have no end."""
    terms = [
        Tenure(person["name"]["last"], EXECUTIVE[term["type"]], term["start"], term["end"])
        for person in executive
        for term in person["terms"]
    ]
    terms += [
        Tenure(member["name"]["last"], LEADERS[role["title"]], role["start"], role.get("end") or "")
        for member in members
        for role in member.get("leadership_roles", [])
        if role["title"] in LEADERS
    ]
    return {tenure._replace(end="") if tenure.end > today else tenure for tenure in joined(terms)}


def shipped_tenures() -> set[Tenure]:
    """Those of the same offices in the table that is shipped."""
    offices = {*EXECUTIVE.values(), *LEADERS.values()}
    return {
        Tenure(name.surname, row["office"], row["from"], row["to"])
        for row in rows("entities/offices.csv")
        if row["office"] in offices and (name := parse_name(row["name"])) is not None
    }


def administrations() -> set[Tenure]:
    """Those of the administrations that are shipped."""
    lines = [line for line in ADMINISTRATIONS.read_text("utf-8").splitlines() if not line.startswith("#")]
    return {Tenure(row["surname"], "president", row["from"], row["to"]) for row in csv.DictReader(lines)}


def main() -> None:
    """Compare, and print."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("executive", type=Path)
    parser.add_argument("legislators", type=Path)
    given = parser.parse_args()
    executive, members = (
        yaml.load(gzip.decompress(path.read_bytes()), Loader=yaml.CSafeLoader)
        for path in (given.executive, given.legislators)
    )
    today = max(member["terms"][-1]["start"] for member in members)
    public, shipped = public_tenures(executive, members, today), shipped_tenures()
    since = min(tenure.start for tenure in shipped)
    wanted = {tenure for tenure in public if tenure.start >= since}
    # Who led and sits no longer is not in the list: only offices of those who are in it can be checked.
    listed = {(tenure.surname, tenure.office) for tenure in public}
    checked = {tenure for tenure in shipped if tenure[:2] in listed}
    missing, wrong = sorted(wanted - shipped), sorted(checked - public)
    print(
        f"offices.csv: {len(checked)} of {len(shipped)} rows of these offices are in the lists, which reach to {today}"
    )
    for tenure in missing:
        print(f"  not in the table: {' '.join(tenure)}")
    for tenure in wrong:
        print(f"  not in the lists: {' '.join(tenure)}")
    ends = {tenure[:3]: tenure.end for tenure in public}
    odd = [row for row in sorted(administrations()) if ends.get(row[:3]) not in {row.end, ""}]
    print(f"administrations.csv: {len(administrations())} rows, {len(odd)} of them not in the lists")
    for tenure in odd:
        print(f"  not in the lists: {' '.join(tenure)}")


if __name__ == "__main__":
    main()

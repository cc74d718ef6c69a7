"""Build ``pipeline/resources/entities/companies.csv.gz``: firms whose shares are in an index, by name.

Run it in an environment of its own, for the package it reads is not needed otherwise:

    python -m venv .companies
    .companies/bin/pip install pytickersymbols==1.17.10
    .companies/bin/python training/build_companies.py

Source: ``pytickersymbols`` (MIT), which lists the members of 20 indices of shares in America, Europe and Japan. The
result is the same for the same version.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
from pathlib import Path

OUT = Path(__file__).parents[1] / "pipeline/resources/entities/companies.csv.gz"
COLUMNS = ("name", "aliases")
# What says how a firm is made, not what it is called.
FORM = re.compile(
    r",? (?:Inc|Incorporated|Corp|Corporation|Co|Company|Companies|plc|PLC|Ltd|Limited|LLC|LP|N\.?V|S\.?A|S\.?E|AG|KGaA"
    r"|Oyj|AB|ASA|A/S|S\.p\.A|SpA|REIT|Trust|Holding|Holdings|Group|& Co|\(publ\)|Class [A-C])\.?$"
)
SHORTEST = 3


def called(name: str) -> list[str]:
    """The name as listed, without brackets, and what is left of it when words for its form are taken off one by one."""
    name = re.sub(r" \(.*?\)", "", name.replace("’", "'")).strip(" .,*")
    forms = [name]
    while (shorter := FORM.sub("", name).strip(" ,&")) != name and len(shorter) >= SHORTEST:
        name = shorter
        forms.append(name)
    return forms


def build() -> list[tuple[str, str]]:
    """Rows of the table, in order of the names."""
    from pytickersymbols import PyTickerSymbols  # noqa: PLC0415

    rows: dict[str, set[str]] = {}
    for stock in PyTickerSymbols().get_all_stocks():
        forms = [form for form in called(stock["name"]) if len(form) >= SHORTEST and form[0].isupper()]
        if forms:
            rows.setdefault(forms[-1], set()).update(forms[:-1])
    return [(name, "|".join(sorted(aliases))) for name, aliases in sorted(rows.items())]


def main() -> None:
    """Write the table."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    rows = build()
    writer.writerows(rows)
    OUT.write_bytes(gzip.compress(text.getvalue().encode(), 9, mtime=0))
    print(f"{len(rows)} firms, {OUT.stat().st_size:,} bytes: {OUT}")


if __name__ == "__main__":
    main()

"""The labels of news databases, and which database a file's lines are of."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import TYPE_CHECKING, Final

from pipeline.core.resource_tables import RESOURCES

if TYPE_CHECKING:
    from collections.abc import Sequence

NEXIS, NEXIS_OLD, FACTIVA, PROQUEST = "nexis", "nexis-old", "factiva", "proquest"

NUMBERED: Final = re.compile(
    r"^\s*(?:\d+ (?:of|von|de|sur|di|van) \d+ (?:documents?|dokumente?n?|documentos?|documenti|documenten)"
    r"|(?:document|dokument|documento) \d+ (?:of|von|de|sur|di|van) \d+)\s*$",
    re.IGNORECASE,
)
RULE: Final = re.compile(r"^\s*_{40,}\s*$")
ACCESSION: Final = re.compile(r"^\s*(?:Document|Dokument|Documento)\s+[A-Z][A-Z0-9]{2,}\d{8}[a-z0-9]{5,}\s*$")
_LABEL = re.compile(r"^\s*([^\W\d_][\w/'’ ()-]{1,30}?)\s?:\s*(.*)$", re.DOTALL)
_CODED = re.compile(
    r"^\s*(HD|BY|WC|PD|ET|SN|SC|ED|PG|LA|CY|LP|TD|NS|RE|IPC|IPD|PUB|AN|CO|IN|CLM|SE|CR|CT|RF|VOL|ART)(?:\s+(.*))?$"
)


@cache
def labels(vendor: str) -> dict[str, frozenset[str]]:
    """Labels of a database by what they mark."""
    data = tomllib.loads((RESOURCES / "readers" / "vendor_labels.toml").read_text("utf-8"))
    return {role: frozenset(words) for role, words in data[vendor].items()}


def label_of(line: str) -> tuple[str, str]:
    """The label, in small letters, and the value of a line such as ``Byline: Ann Poe``; empty where it has none."""
    match = _LABEL.match(line)
    return (match[1].strip().lower(), match[2].strip()) if match else ("", "")


def code_of(line: str) -> tuple[str, str]:
    """The code and value of a row of Factiva's indexing such as ``WC 877 words``; empty where it has none."""
    match = _CODED.match(line)
    return (match[1], (match[2] or "").strip()) if match else ("", "")


def is_cover(lines: Sequence[str]) -> bool:
    """Whether lines are a download's cover: who made it, when, under which number."""
    head = [line for line in lines if line.strip()][:40]
    return len({label for line in head if (label := label_of(line)[0]) in labels("nexis")["cover"]}) >= 2


def vendor_of(lines: Sequence[str]) -> str:  # noqa: PLR0911  one vendor after another
    """The database that made a file of these lines; empty when none did."""
    plain = [line.strip() for line in lines]
    small = {line.lower().rstrip(".") for line in plain if 0 < len(line) < 40}
    nexis = labels("nexis")
    if any(map(ACCESSION.match, plain)):
        return FACTIVA
    codes = {code for line in plain if (code := code_of(line)[0])}
    if {"HD", "PD", "SN"} <= codes and codes & {"LP", "TD"}:
        return FACTIVA
    labels_seen = {label for line in plain if len(line) < 300 and (label := label_of(line)[0])} | small
    if any(map(RULE.match, plain)) and labels_seen & (
        labels("proquest")["text"] | {"publication title", "proquest document id"}
    ):
        return PROQUEST
    if "proquest document id" in labels_seen and labels_seen & labels("proquest")["text"]:
        return PROQUEST
    if small & nexis["end"] or (
        small & nexis["body"] and labels_seen & nexis["load_date"] and labels_seen & nexis["length"]
    ):
        return NEXIS
    if any(map(NUMBERED.match, plain)) and labels_seen & (
        nexis["length"] | nexis["load_date"] | nexis["byline"] | nexis["section"]
    ):
        return NEXIS_OLD
    return ""

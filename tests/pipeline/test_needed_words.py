"""A line is looked at for furniture only where it holds what a pattern needs, and the same is found."""

import re

import pytest

from pipeline.furniture.needed_words import folded, needed_words
from pipeline.furniture.patterns import line_reason, load_patterns


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"(?i)\btoggle caption\b", "toggle caption"),
        (r"^\W*contributed( reporting)? to", "contributed"),
        (r"(?i)by signing up,? you agree", "by signing up"),
        (r"\bREUTERS/[A-Z]\w+", "reuters/"),
        (r"(?:ab){2}(?:long word)?(?:x|y)z", "ab"),
        (r"(?=lookahead)(?!never)ab[cd]ef?", "ab"),
        (r"a|b", ""),
        (r"\w+", ""),
        (r"(one (two)) é three", " three"),
    ],
)
def test_what_a_pattern_needs_is_the_longest_of_its_sure_letters(pattern, needed):
    assert needed_words(pattern) == needed


LINES = [
    "Toggle caption", "TOGGLE CAPT\N{LATIN SMALL LETTER DOTLESS I}ON", "toggle \N{KELVIN SIGN}", "REUTERS/Ann Lee",
    "Photo credit: Ann Lee", "(Photo: Ann Lee)", "Ann Lee contributed to this report.", "Advertisement",
    "© 2020 The Ledger. All rights reserved.", "By signing up, you agree", "Click here for more", "CLOSE Ann Lee",
    "Get our weekly newsletter", "The mayor said that the bridge is safe.", "[video]", "Ann Lee / AP", "<!-- x",
    "The views expressed in this column are the author's own", "READ MORE: The bridge", "3 min read", "Loading…",
]  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_no_line_that_a_pattern_finds_lacks_what_it_needs(line):
    found = [(reason, needed) for reason, group in load_patterns().whole for needed, look in group if look(line)]
    assert all(needed in folded(line) for _, needed in found)
    if found:
        assert line_reason(line) in {"caption", found[0][0]}


def test_letters_that_match_without_regard_to_case_are_folded_alike():
    every = "".join(map(chr, range(0x3000)))
    for letter in map(chr, range(128)):
        alike = re.findall(re.escape(letter), every, re.IGNORECASE)
        assert all(letter.lower() in folded(other) for other in alike)

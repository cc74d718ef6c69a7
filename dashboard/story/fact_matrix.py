"""A story side by side: the facts down, its articles across; where no match is found, the nearest passage. HTML out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from dashboard.markup.html import Html, join, link, query, tag
from dashboard.markup.phrasing import VOICE_CLASS, VOICE_NAMES, count, number, share, when
from store.queries.stories import CHECKED, LIKE, SURE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dashboard.story.cut_quotes import Cut

Row = dict[str, Any]
# Passages of one article alone that are shown unfolded, and characters of a passage.
FIRST: Final = 5
LONGEST: Final = 230
_AROUND: Final = 90
_SHOWN: Final = {True: "Headline and first sentence", False: "First sentence; no headline in the file"}
# What makes a passage of one article alone worth a place near the top.
_WORTH: Final = {"quote": 3, "number": 2, "person": 2, "place": 1, "organisation": 1, "words": 0}
_SMALL: Final = ("no", "one", "two", "three", "four", "five", "six")
_CUT: Final = "in part: another quotes these words and more"
NO_MATCH: Final = "no match found"
# Said only where no passage of an article could tell it.
NOTHING_LIKE: Final = "nothing like it found"
# Characters of a nearest passage beside what it does not tell.
_NEAREST: Final = 150
_QUOTATION: Final = "“”\"‘’' "


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact: the passages that tell it, by article, the likest first; and of articles without a match the nearest."""

    number: int
    cells: Mapping[str, Sequence[Row]]
    near: Mapping[str, Row] = field(default_factory=dict)
    checked: frozenset[str] = frozenset()

    @property
    def tellers(self) -> int:
        """Articles that tell it, or perhaps do."""
        return len(self.cells)

    @property
    def sure(self) -> int:
        """Articles that tell the same without a perhaps; none where it takes one that is not shown."""
        articles = sum(not is_doubtful(passages) for passages in self.cells.values())
        return articles if articles > 1 else 0

    @property
    def clearest(self) -> Row:
        """The passage whose words say best what it is."""
        rows = [row for passages in self.cells.values() for row in passages]
        with_words = [row for row in rows if row["clarity"] == row["clarity"] and row["clarity"] is not None]
        if with_words:
            return max(with_words, key=lambda row: (row["clarity"], -len(row["phrase"]), row["article_id"]))
        return min(rows, key=lambda row: (len(row["text"]), row["article_id"]))


def is_part(rows: Sequence[Row]) -> bool:
    """Whether an article tells a fact in part only: its quote is cut, or it lacks figures or names of others."""
    return bool(rows) and all(row["told"] == "part" for row in rows)


def is_doubtful(rows: Sequence[Row]) -> bool:
    """Whether an article tells a fact only perhaps: its passages are not alike enough to those of the others."""
    return bool(rows) and rows[0]["likeness"] < SURE


def is_like(near: Row | None) -> bool:
    """Whether the nearest passage of an article without a match could tell the same after all."""
    return near is not None and near["likeness"] >= LIKE


def facts_of(rows: Sequence[Row]) -> list[Fact]:
    """The facts, those most articles surely tell first, else in the order in which they are told."""
    cells_by_fact: dict[int, dict[str, list[Row]]] = {}
    near: dict[int, dict[str, Row]] = {}
    checked: dict[int, set[str]] = {}
    for row in sorted(rows, key=lambda row: (-row["likeness"], row["start"])):
        if row["told"] == "checked":
            checked.setdefault(row["fact"], set()).add(row["article_id"])
        elif row["told"] == "near":
            near.setdefault(row["fact"], {}).setdefault(row["article_id"], row)
        else:
            cells_by_fact.setdefault(row["fact"], {}).setdefault(row["article_id"], []).append(row)
    facts = [
        Fact(fact, cells, near.get(fact, {}), frozenset(checked.get(fact, ()))) for fact, cells in cells_by_fact.items()
    ]
    return sorted(facts, key=lambda fact: (-fact.sure, -fact.tellers, fact.number))


def heads(articles: Sequence[Row], base: str) -> Html:
    """Outlet, date, length, headline and lead of each article, in columns."""
    columns = []
    for article in articles:
        title = article["title"] or article["lead"] or article["opening"]
        copy = next((another for another in articles if another["article_id"] == article["duplicate_of"]), None)
        columns.append(
            tag(
                "div",
                tag("p", article["source"], class_="ob"),
                tag(
                    "p",
                    f"{when(article['published'])} · {count(article['words'], 'word')}, "
                    f"{share(article['words_quote'], article['words'])} quoted",
                    class_="fl-note fl-tight",
                ),
                tag("p", link("read", title, query(base, article=article["article_id"])), class_="ld"),
                tag("p", article["lead"], class_="lead") if article["title"] else None,
                tag("p", _SHOWN[bool(article["title"])], class_="fl-none"),
                tag("p", f"Same or nearly the same text as {copy['source']}", class_="fl-few") if copy else None,
                class_="hd",
            )
        )
    return tag("div", *columns, class_="fl-heads", style=f"--n:{len(articles)}")


def matrix(facts: Sequence[Fact], articles: Sequence[Row], base: str) -> Html:
    """The facts that more than one article tells, in groups: those all tell first, what perhaps is one fact last."""
    shared = [fact for fact in facts if fact.tellers > 1]
    body = []
    for tellers in (*range(len(articles), 1, -1), 0):
        members = [fact for fact in shared if fact.sure == tellers]
        if members:
            name = _tell(tellers, len(articles)) if tellers else "Perhaps told by more than one: read both"
            body.append(group_head(name, f"{number(len(members))} of {number(len(shared))}", len(articles)))
        body += [_fact(fact, articles, base) for fact in members]
    return matrix_table("Facts, by article", "In words of", articles, body, lambda article: _held(article, shared))


def _tell(tellers: int, articles: int) -> str:
    if tellers < articles:
        return f"{_named(tellers).capitalize()} of {_named(articles)} tell"
    return "Both tell" if articles == 2 else f"All {_named(articles)} tell"


def _named(value: int) -> str:
    return _SMALL[value] if value < len(_SMALL) else number(value)


def _held(article: Row, shared: Sequence[Fact]) -> str:
    told_facts = [fact for fact in shared if article["article_id"] in fact.cells]
    perhaps = sum(is_doubtful(fact.cells[article["article_id"]]) for fact in told_facts)
    parts = sum(_standing(fact.cells[article["article_id"]]) == "part" for fact in told_facts)
    shares = f"{number(len(told_facts) - parts - perhaps)} of {number(len(shared))}"
    more = [
        f"{number(number_told)} {how}" for number_told, how in ((parts, "in part"), (perhaps, "perhaps")) if number_told
    ]
    return f"{shares}, and {' and '.join(more)}" if more else shares


def _standing(rows: Sequence[Row]) -> str:
    """How an article tells a fact, as the style sheet has it: perhaps, in part, or in full."""
    return "per" if is_doubtful(rows) else "part" if is_part(rows) else ""


def _why(rows: Sequence[Row], standing: str) -> str:
    """What is said under a passage that tells a fact in part, or perhaps."""
    if standing == "per":
        return "perhaps the same"
    lacks = rows[0]["lacks"]
    return f"in part: without {lacks.replace('; ', ', ')}" if lacks else _CUT


def group_head(name: str, note: str, columns: int) -> Html:
    """The row that heads a group of rows, across all columns."""
    return tag(
        "tr", tag("th", name, " ", tag("span", note), colspan=columns + 1, scope="rowgroup"), class_="g"
    )  # fmt: skip


def matrix_table(
    about: str, head: str, articles: Sequence[Row], body: Sequence[Html], note: Callable[[Row], str]
) -> Html:
    """A table with a column an article; ``note`` is said under each outlet's name."""
    names = [tag("th", article["source"], tag("small", note(article)), scope="col") for article in articles]
    return tag(
        "table",
        tag("caption", about, class_="fl-unseen"),
        tag("thead", tag("tr", tag("th", tag("span", head, class_="fl-unseen"), scope="col"), *names)),
        tag("tbody", *body),
        class_="fl-matrix",
    )


def _fact(fact: Fact, articles: Sequence[Row], base: str) -> Html:
    row = fact.clearest
    outlet = next(article["source"] for article in articles if article["article_id"] == row["article_id"])
    words = ("… " if row["phrase_start"] > row["start"] else "") + one_line(row["phrase"], LONGEST // 2)
    whose = f"words of {outlet}"
    if row["voice"] == "quote":
        words = f"“{one_line(row['phrase'], LONGEST // 2).strip(_QUOTATION)}”"
        whose = f"{row['speaker'] or 'somebody'}, quoted by {outlet}"
    head = tag("th", tag("span", words, class_="fl-said"), tag("small", whose, class_="fl-under fl-none"),
               scope="row", class_="f")  # fmt: skip
    return tag("tr", head, *(tag("td", _cell(fact, article, base)) for article in articles))


def _cell(fact: Fact, article: Row, base: str) -> Html:
    rows = fact.cells.get(article["article_id"], ())
    on = tag("span", article["source"], class_="on")
    if article["article_id"] in fact.checked:
        return tag("div", tag("div", on, CHECKED), class_="fl-cell own")
    if not rows:
        near = fact.near.get(article["article_id"])
        said = NO_MATCH if is_like(near) else NOTHING_LIKE
        return tag("div", tag("div", on, said, _near(near, base)), class_="fl-cell no")
    standing, others = _standing(rows) if fact.tellers > 1 else "", len(rows) - 1
    return tag(
        "div",
        tag(
            "div",
            on,
            passage(rows[0], base),
            # Of facts that are all perhaps their group says so.
            tag("small", _why(rows, standing)) if standing == "part" or (standing and fact.sure) else None,
            *(passage(row, base, brief=True) for row in rows[1:2]),
            tag("small", f"and {count(others - 1, 'other passage')}") if others > 1 else None,
        ),
        class_=f"fl-cell {standing}".strip(),
    )


def _near(row: Row | None, base: str, whose: str = "") -> Html:
    """The passage of an article that comes nearest to what it has no match for, small, and a link like any other."""
    label = ("perhaps" if is_like(row) else "nearest") + (f", {whose}" if whose else "")
    if row is None:
        return tag("span", tag("em", f"{label}: no passage shares a name, figure or word with it"), class_="fl-near")
    at = query(base, article=row["article_id"], at=f"{row['start']}-{row['end']}")
    return tag("span", tag("em", label), link("read", one_line(row["text"], _NEAREST), at), class_="fl-near")


def passage(row: Row, base: str, *, brief: bool = False) -> Html:
    """A passage that opens its place in the article, the words that tell the fact in full ink, and its voice."""
    at = query(base, article=row["article_id"], at=f"{row['start']}-{row['end']}")
    voice = VOICE_NAMES[row["voice"]] + (f", {row['speaker']}" if row["speaker"] else "")
    return join(
        link("read", _marked(row), at, class_="p more" if brief else "p"),
        tag("small", tag("span", voice, class_=f"fl-v {VOICE_CLASS[row['voice']]}", style="white-space:normal")),
    )


def _marked(row: Row) -> Html:
    """The passage, shortened around the words that tell the fact."""
    first, last = row["phrase_start"] - row["start"], row["phrase_end"] - row["start"]
    text = row["text"]
    if row["clarity"] is None or row["clarity"] != row["clarity"] or not 0 <= first < last <= len(text):
        return tag("b", one_line(text, LONGEST))
    before, after = " ".join(text[:first].split()), " ".join(text[last:].split())
    if len(before) + len(after) + last - first > LONGEST:
        before = "… " + before[-_AROUND:].partition(" ")[2] if len(before) > _AROUND else before
        after = after[:_AROUND].rpartition(" ")[0] + " …" if len(after) > _AROUND else after
    gap = "" if text[last : last + 1].strip() else " "
    return join(before, " " if before and not text[:first].strip().endswith(tuple("“\"'‘(")) else "",
                tag("b", " ".join(text[first:last].split())), gap, after)  # fmt: skip


def one_line(text: str, most: int) -> str:
    """A passage on one line, cut at a word where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"


def unmatched(facts: Sequence[Fact], articles: Sequence[Row], base: str) -> Html:
    """What each article tells and no match was found for, in columns, each with the nearest passage of the others.

    First comes what nothing like it was found for, then what another article has a passage for that could tell it.
    """
    columns = []
    for article in articles:
        mine = article["article_id"]
        own_facts = [fact for fact in facts if set(fact.cells) == {mine}]
        starts = {row["start"] for fact in facts for row in fact.cells.get(mine, ())}
        others = [another for another in articles if another is not article]
        like = [fact for fact in own_facts if any(is_like(fact.near.get(other["article_id"])) for other in others)]
        unlike = [fact for fact in own_facts if fact not in like]
        first = sorted(unlike, key=lambda fact: _rank(fact.cells[mine][0]))[:FIRST]
        rest = [fact for fact in unlike if fact not in first]
        of = _either([another["source"] for another in others])
        columns.append(
            tag(
                "div",
                tag("p", article["source"], class_="ob"),
                tag("p", f"{number(len(unlike))} of its {count(len(starts), 'passage')}", class_="fl-note fl-tight"),
                tag("p", tag("span", f"{NOTHING_LIKE} in {of}", class_="fl-dot no"), class_="fl-none"),
                _list(first, mine, others, base),
                tag("details", tag("summary", f"{number(len(rest))} more"), _list(rest, mine, others, base))
                if rest else None,
                tag("details",
                    tag("summary", f"{number(len(like))} without a match, but something like it in {of}: read both"),
                    _list(like, mine, others, base))
                if like else None,
                class_="hd",
            )
        )  # fmt: skip
    return tag("div", *columns, class_="fl-heads fl-alone", style=f"--n:{len(articles)}")


def _either(names: Sequence[str]) -> str:
    distinct = list(dict.fromkeys(names))
    return distinct[0] if len(distinct) == 1 else f"{', '.join(distinct[:-1])} or {distinct[-1]}"


def _rank(row: Row) -> tuple[int, int]:
    return -_WORTH[row["kind"]] - (row["voice"] == "headline"), row["start"]


def _list(facts: Sequence[Fact], mine: str, others: Sequence[Row], base: str) -> Html:
    lines = []
    for fact in sorted(facts, key=lambda fact: fact.cells[mine][0]["start"]):
        near = (
            tag("span", f"{CHECKED}: {another['source']}", class_="fl-dot own")
            if another["article_id"] in fact.checked
            else _near(fact.near.get(another["article_id"]), base, another["source"])
            for another in others
        )
        alone = others and all(another["article_id"] in fact.checked for another in others)
        lines.append(tag("li", passage(fact.cells[mine][0], base), tag("b", "alone") if alone else None, *near))
    return tag("ul", *lines)


def cuts(all_cuts: Sequence[Cut], articles: Sequence[Row], base: str) -> Html:
    """Quotes that one outlet cut short: the longer version with what the other has not, and the shorter beside it."""
    names = {article["article_id"]: article["source"] for article in articles}
    rows = []
    for cut in all_cuts:
        longer, shorter = cut.longer.parts[0], cut.shorter.parts[0]
        whole = join(
            "“", join(*(tag("span" if both_have else "del", words) for words, both_have in cut.runs), by=" "), "”"
        )
        rows.append(
            tag(
                "li",
                tag("p", tag("b", longer["speaker"] or "Nobody named"),
                    tag("span", f" · {count(cut.lacks, 'word')} of {names[longer['article_id']]}’s version "
                                f"not in {names[shorter['article_id']]}’s", class_="fl-none")),
                tag("div",
                    tag("div", tag("span", names[longer["article_id"]], class_="ob"),
                        link("read", whole, address_of(cut.longer.parts, base), class_="p")),
                    tag("div", tag("span", names[shorter["article_id"]], class_="ob"),
                        link("read", f"“{cut.shorter.text}”", address_of(cut.shorter.parts, base), class_="p")),
                    class_="fl-pair"),
            )
        )  # fmt: skip
    return tag("ul", *rows, class_="fl-cuts")


def address_of(parts: Sequence[Row], base: str) -> str:
    """The address at which the first of these parts opens, marked to the end of the last."""
    return query(base, article=parts[0]["article_id"], at=f"{parts[0]['start']}-{parts[-1]['end']}")

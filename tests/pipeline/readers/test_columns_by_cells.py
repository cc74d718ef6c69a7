"""Columns that no name tells, or a name tells wrongly: taken by what stands in them, and said."""

from pipeline.readers.choices import Choices
from tests.pipeline.readers.samples import A, B, write
from tests.pipeline.readers.test_archives import HEADER, read, rows, same_words
from tests.pipeline.readers.test_other_formats import cells


def test_columns_that_no_name_tells_are_taken_by_their_cells_and_that_is_told(tmp_path):
    table = (
        ["v1", "v2", "v3", "v4", "saved_updated"],
        *([s.outlet, s.title, f"{s.iso[8:]}.{s.iso[5:7]}.2020", s.text, "2019-01-01"] for s in (A, B)),
    )
    articles, found = read(write(tmp_path / "a.csv", rows(table=table)))
    assert [(a.title, a.published) for a in articles] == [(s.title, s.iso) for s in (A, B)]
    (guessed,) = [p.reason for p in found if p.code == "columns-guessed"]
    assert "v2 for the title, v4 for the text, v3 for the date" in guessed
    (kept,) = [p.reason for p in found if p.code == "columns-not-used"]
    assert "No column was found for the outlet or the author." in kept
    assert "v1, saved_updated" in kept
    assert "--column source=NAME" in kept


def test_of_several_columns_of_days_the_earliest_is_that_of_publication(tmp_path):
    table = (["put away", "out", "body"], *(["2021-05-05", s.iso, s.text] for s in (A, B)))
    articles, _ = read(write(tmp_path / "a.csv", rows(table=table)))
    assert [a.published for a in articles] == [A.iso, B.iso]


def test_a_day_on_which_a_page_was_saved_is_no_day_of_publication(tmp_path):
    table = (["access_date", "n", "body"], *(["2021-05-05", "12345678", s.text] for s in (A, B)))
    articles, _ = read(write(tmp_path / "a.csv", rows(table=table)))
    assert [a.published for a in articles] == ["", ""]


def test_names_labels_and_lists_are_no_titles(tmp_path):
    table = (
        ["who", "desk", "tags", "body"],
        *([s.author, "the one same desk for all", f"a b; c d; e f {s.iso}", s.text] for s in (A, B)),
    )
    articles, found = read(write(tmp_path / "a.csv", rows(table=table)))
    assert [a.title for a in articles] == ["", ""]
    assert "columns-guessed" not in {p.code for p in found}


def test_a_table_without_names_of_columns_is_read_by_its_cells(tmp_path):
    path = write(tmp_path / "a.csv", rows(table=(cells(A), cells(B))))
    articles, found = read(path)
    assert [(a.title, a.published) for a in articles] == [(s.title, s.iso) for s in (A, B)]
    assert all(same_words(a.text, s) for a, s in zip(articles, (A, B), strict=True))
    assert not [p for p in found if not p.used]
    articles, _ = read(path, Choices({"source": "column 1", "authors": "column 5"}))
    assert [(a.source, a.authors) for a in articles] == [(s.outlet, s.author) for s in (A, B)]


def test_every_column_of_which_nothing_is_made_is_named_where_something_is_missing(tmp_path):
    names = [f"code{n}" for n in range(45)]
    table = ([*HEADER[:2], "body", *names], ["S", "2020-01-01", A.text, *("1" * 45)])
    _, found = read(write(tmp_path / "a.csv", rows(table=table)))
    (problem,) = [p for p in found if p.code == "columns-not-used"]
    assert all(f"{name}, " in problem.reason or f"{name} " in problem.reason for name in names[:40])
    assert "and 5 more" in problem.reason


def of(p, header, write_row):
    articles, found = read(write(p / "a.csv", rows(table=(header, *(write_row(s) for s in (A, B))))))
    return articles, {problem.code: problem.reason for problem in found}


def test_a_column_that_only_numbers_the_articles_is_not_told(tmp_path):
    _, said = of(tmp_path, ["id", "source", "text"], lambda s: [f"x{s.iso}", s.outlet, s.text])
    assert "columns-not-used" not in said


def test_a_name_of_somebody_and_a_number_are_no_titles(tmp_path):
    articles, said = of(tmp_path, ["name", "text", "date"], lambda s: [s.author, s.text, s.iso])
    assert [a.title for a in articles] == ["", ""]
    assert "used for nothing else: name" in said["columns-not-used"]
    articles, _ = of(tmp_path, ["title", "head", "text"], lambda s: ["7", s.title, s.text])
    assert [a.title for a in articles] == [A.title, B.title]
    articles, _ = of(tmp_path, ["name", "text"], lambda s: [s.title, s.text])
    assert [a.title for a in articles] == [A.title, B.title]


def test_a_whole_text_under_a_name_of_its_own_goes_before_a_summary_but_keywords_do_not(tmp_path):
    keywords = "; ".join(["roofs of old jails", "county commissions", "storms in winter"] * 6)
    header = ["abstract", "raw", "topics"]
    articles, said = of(tmp_path, header, lambda s: [s.paragraphs[0], s.text, keywords])
    assert all(same_words(a.text, s) for a, s in zip(articles, (A, B), strict=True))
    assert "raw for the text" in said["columns-guessed"]
    articles, said = of(tmp_path, ["abstract", "topics"], lambda s: [s.paragraphs[0], keywords])
    assert [a.text for a in articles] == [A.paragraphs[0], B.paragraphs[0]]
    assert "partial-text" in said


def test_a_long_column_that_is_not_used_may_be_the_text_and_that_is_said(tmp_path):
    _, said = of(tmp_path, ["text", "full"], lambda s: [s.paragraphs[0], s.text * 2])
    assert "full (its cells are longer than 500 characters)" in said["columns-not-used"]
    assert "--column text=NAME" in said["columns-not-used"]


def test_the_site_of_a_picture_is_no_outlet(tmp_path):
    articles, said = of(tmp_path, ["media", "text"], lambda s: ["https://img.example.org/1.jpg?w=1", s.text])
    assert {a.source for a in articles} != {"img.example.org"}
    assert "no-outlet" in said


def test_a_name_that_programs_give_is_not_said_to_be_none(tmp_path):
    table = (["text", "x1", ""], *([s.text, "3", "4"] for s in (A, B)))
    _, found = read(write(tmp_path / "a.csv", rows(table=table)))
    (told,) = [p.reason for p in found if p.code == "columns-not-used"]
    assert "x1 (its name is one that programs give where there is none)" in told

"""`make check` runs what a change touches."""

from tests.touched import imported, touched

TESTS = {
    "tests/a/test_cues.py": "from pipeline.core import cues\n",
    "tests/a/test_page.py": 'open_page("quotes")\n',
    "tests/browser/test_visit.py": "from pipeline.core import cues\n",
    "tests/a/test_other.py": "import json\n",
}


def test_a_test_is_touched_by_the_module_it_imports_however_it_is_imported():
    assert imported("import a.b\nfrom c.d import e") == {"a.b", "c.d", "c.d.e"}
    assert touched(["pipeline/core/cues.py"], TESTS) == ["tests/a/test_cues.py"]


def test_a_test_is_touched_by_itself_and_by_the_page_it_opens():
    assert touched(["tests/a/test_other.py"], TESTS) == ["tests/a/test_other.py"]
    assert touched(["pages/quotes.py"], TESTS) == ["tests/a/test_page.py"]


def test_what_no_test_imports_touches_none():
    assert touched(["docs/methods.md"], TESTS) == []

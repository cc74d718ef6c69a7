"""Articles made of scripts, and addresses nobody would type: shown as written, run nowhere."""

import pytest

from tests.browser.conftest import go, kept_page, serve
from tests.browser.waiting import expect

PAGES = ("", "articles", "read", "quotes", "people", "compare", "methods", "problems")
# Tells one page from another.
SHOWN = "document.title + document.querySelector('h1').textContent"


@pytest.fixture(scope="module")
def hostile(hostile_store):
    with serve(hostile_store) as address:
        yield address


def test_the_first_address_asked_of_a_fresh_server_shows_its_page_inside_the_app(visit, hostile):
    page = visit("people", base=hostile)
    expect(page.get_by_role("link", name="Overview")).to_be_visible()
    expect(page.locator("h1")).to_contain_text("Who and what")
    expect(page.get_by_test_id("stSidebarNav")).to_have_count(0)


@pytest.fixture(scope="module")
def visitor(shared_context, hostile):
    """A visitor who goes from page to page, from one that is none of them."""
    with kept_page(shared_context, f"{hostile}check") as page:
        yield page


@pytest.mark.parametrize("address", PAGES)
def test_scripts_in_an_article_are_words(visitor, wrong, address):
    wrong.clear()
    before = visitor.evaluate(SHOWN)
    go(visitor, address)
    visitor.wait_for_function(f"before => {SHOWN} !== before", arg=before)
    assert visitor.locator("main img[src='x'], main script, [onerror]").count() == 0
    expect(visitor.get_by_test_id("stException")).to_have_count(0)
    if address == "read":
        expect(visitor.locator(".fl-read")).to_contain_text("<script>alert(1)</script>")
    assert not wrong


@pytest.mark.parametrize(
    "address",
    [
        "read?article=%3Cscript%3E&at=9999-1",
        "compare?entity=x&show=%7C&word=%7C%7C",
        "people?kind=x&page=-4",
        "?source=%22%3E%3Cimg",
    ],
)
def test_an_address_nobody_would_type_breaks_nothing(visit, hostile, address):
    page = visit(address, base=hostile)
    expect(page.get_by_test_id("stException")).to_have_count(0)

"""A visit: filter, read, compare, download. Errors in the browser and requests elsewhere fail every test here."""

import csv
import io
import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from store import Filter, Store, export, queries
from tests.browser import servers
from tests.browser.conftest import settled
from tests.browser.waiting import expect

OUTLET = "Fox News"


def state(page):
    return page.locator(".fl-state")


def comes_to(page, holds):
    """Wait until the address `holds`, given the keys of its query: it changes a moment after what is drawn."""
    page.wait_for_url(lambda url: holds(parse_qs(urlsplit(url).query)))


def article_of(seeds, title):
    frame = queries.articles(Store.open(seeds), Filter())
    return frame[frame["title"].str.contains(title)]["article_id"].iloc[0]


def choose_outlet(page, name):
    page.get_by_role("button", name="Outlet").click()
    page.get_by_role("combobox", name="Outlets").click()
    page.get_by_role("option", name=re.compile(name)).click()
    # Escape would take back what is chosen but not told yet.
    expect(state(page)).to_contain_text(name)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")


def test_a_filter_changes_counts_and_address_and_the_address_gives_the_same_view(visit, seeds):
    of_outlet = queries.counts(Store.open(seeds), Filter(sources=(OUTLET,))).articles
    page = visit()
    expect(page.locator("h1")).to_contain_text("5 articles from")
    expect(state(page)).to_contain_text("5 of 5 articles")
    choose_outlet(page, OUTLET)
    expect(state(page)).to_contain_text(f"{of_outlet} of 5 articles")
    settled(page)
    comes_to(page, lambda keys: keys == {"source": [OUTLET]})
    heading = page.locator("h1").inner_text()
    again = visit(f"?{urlsplit(page.url).query}")
    expect(again.locator("h1")).to_have_text(heading)
    expect(state(again)).to_contain_text(f"{of_outlet} of 5 articles")
    again.get_by_role("button", name="Clear").click()
    expect(state(again)).to_contain_text("5 of 5 articles")
    comes_to(again, lambda keys: not keys)


def test_the_filter_goes_along_from_page_to_page(goes):
    page = goes(f"?source={OUTLET.replace(' ', '+')}")
    page.get_by_role("link", name="Quotes", exact=True).click()
    expect(state(page)).to_contain_text(OUTLET)
    comes_to(page, lambda keys: keys == {"source": [OUTLET]})


def test_an_article_is_read_with_whose_words_stand_where(goes, seeds, subtests):
    page = goes(f"read?article={article_of(seeds, 'Sanctuary Cities$')}")
    with subtests.test("whose words stand where"):
        expect(page.locator(".fl-read h1")).to_contain_text("Tactical Agents")
        expect(page.locator(".fl-read .q, .fl-read .fl-q").first).to_be_visible()
        expect(page.locator(".fl-read .fl-place").nth(3)).to_be_visible()
        expect(page.locator(".fl-read .furn").first).to_be_visible()
        expect(page.locator(".fl-read .m", has_text="not counted").first).to_be_visible()
    with subtests.test("a name shows its card by mouse"):
        person = page.locator(".fl-read .fl-person", has_text="Matthew Albence").first
        person.click()
        expect(page.locator(".fl-card")).to_contain_text("How we know")
        expect(page.locator(".fl-here")).to_have_text("Matthew Albence")
        comes_to(page, lambda keys: re.fullmatch(r"\d+-\d+", keys.get("at", [""])[0]))
        page.locator(".fl-card .fl-link", has_text="Close").click()
        expect(page.locator(".fl-card")).to_have_count(0)
    with subtests.test("a name shows its card by keyboard"):
        place = page.locator(".fl-read .fl-place").first
        place.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".fl-card h2")).to_be_visible()
        expect(page.locator(".fl-place:focus")).to_have_count(1)
        page.locator(".fl-card .fl-link", has_text="Close").click()
        expect(page.locator(".fl-card")).to_have_count(0)
        settled(page)
    with subtests.test("layers never move a word"):
        measure = "[...document.querySelectorAll('.fl-read > .t')].map(e => [e.offsetTop, e.offsetHeight])"
        before = page.evaluate(measure)
        for layer in ("Quotes and speakers", "People", "Tone", "Furniture"):
            page.get_by_role("button", name=layer, exact=True).click()
            settled(page)
        expect(
            page.locator("[data-block].show-tone:not(.show-quotes):not(.show-people):not(.show-furniture)")
        ).to_have_count(1)
        assert page.evaluate(measure) == before
        comes_to(page, lambda keys: set(keys.get("show", [])) == {"places", "organisations", "terms", "tone"})


def test_the_first_visit_after_a_start_may_be_to_any_page(seeds, new_page, own_app):
    address = own_app(seeds, servers.start)
    page = new_page()
    page.goto(f"{address}articles")
    settled(page)
    expect(state(page)).to_contain_text("5 of 5 articles")


def test_the_front_is_also_found_under_its_name(visit):
    page = visit("overview?source=ABC+News")
    expect(state(page)).to_contain_text("1 of 5 articles")
    expect(page.get_by_text("Page not found")).to_have_count(0)


def test_comparing_two_outlets_leads_to_a_sentence_and_from_there_into_the_text(goes, seeds):
    page = goes("compare?entity=person:matthew-albence&section=portrayal")
    expect(page.locator("h1")).to_contain_text("side by side")
    expect(page.locator(".fl-portrayal thead th")).to_have_count(queries.counts(Store.open(seeds), Filter()).sources)
    page.locator(".fl-portrayal .fl-choose").first.click()
    expect(page.locator(".fl-evidence h3")).to_contain_text("Evidence:")
    comes_to(page, lambda keys: "|" in keys.get("show", [""])[0])
    page.locator(".fl-evidence a", has_text="Read in place").first.click()
    expect(page.locator(".fl-read .fl-here").first).to_be_in_viewport()
    expect(page.locator(".fl-card")).to_contain_text("The passage you came to see")


def test_a_speaker_a_kind_and_a_verb_lead_to_what_was_said(goes):
    page = goes("compare")
    page.locator(".fl-speakers .fl-who[role=button]", has_text="Matthew Albence").first.click()
    expect(page.locator(".fl-evidence h3").first).to_contain_text("Matthew Albence in ")
    # A button is drawn anew when what is below it has been.
    settled(page)
    page.get_by_role("button", name=re.compile("^Officials: .*Show what")).last.press("Enter")
    expect(page.locator(".fl-evidence .fl-whos")).to_contain_text("how we know")
    comes_to(page, lambda keys: {"kind", "speaker"} <= set(keys))
    settled(page)
    page.get_by_role("button", name=re.compile("^Neutral: .*Show what")).first.click()
    expect(page.locator(".fl-evidence h3", has_text="Neutral verbs in")).to_be_visible()
    page.locator(".fl-evidence", has_text="Neutral verbs in").get_by_text("Read in place").first.click()
    expect(page.locator(".fl-read .fl-here").first).to_be_in_viewport()


def test_what_was_opened_stays_open_when_more_is_opened_before_the_page_is_drawn(shared_context, app):
    page, holds, held = shared_context.new_page(), [], []

    def between(socket):
        server = socket.connect_to_server()
        socket.on_message(server.send)
        server.on_message(lambda told: held.append((socket, told)) if holds else socket.send(told))

    page.route_web_socket("**/_stcore/stream", between)
    page.goto(f"{app}compare")
    settled(page)
    # The address with what is chosen first is on its way when the second is chosen.
    holds.append(True)
    page.locator(".fl-speakers .fl-who[role=button]", has_text="Matthew Albence").first.click()
    while not any(b"speaker=" in told for _, told in held):
        page.wait_for_timeout(20)
    page.get_by_role("button", name=re.compile("^Officials: .*Show what")).last.press("Enter")
    for socket, told in held:
        socket.send(told)
    holds.clear()
    comes_to(page, lambda keys: {"kind", "speaker"} == set(keys))
    expect(page.locator(".fl-evidence h3", has_text="Matthew Albence in ")).to_be_visible()
    expect(page.locator(".fl-evidence h3", has_text="Officials in ")).to_be_visible()
    page.close()


def test_how_a_section_is_counted_is_read_beside_it(goes):
    page = goes("compare")
    page.get_by_role("link", name="What sets them apart").click()
    expect(page.locator("h2#words")).to_be_in_viewport()
    comes_to(page, lambda keys: keys.get("section") == ["words"])
    # The button of the section before is still there until the new one is drawn.
    settled(page)
    page.get_by_role("button", name="How this is counted").first.click()
    expect(page.get_by_test_id("stPopoverBody")).to_contain_text("Dirichlet")


def test_a_word_leads_to_its_sentences(goes):
    page = goes("compare?section=words")
    word = page.locator(".fl-speakers .word").first
    said = word.inner_text()
    word.click()
    expect(page.locator(".fl-evidence h3")).to_contain_text(f"“{said}”")


def test_a_point_of_a_series_leads_to_its_articles(goes):
    page = goes("compare?source=Fox+News&section=series")
    page.locator(".st-key-series_plot .point").first.click(force=True)
    expect(page.locator("h1", has_text="from 1 outlet")).to_be_visible()
    expect(state(page)).to_contain_text("1 of 5 articles")


def test_a_story_is_chosen_in_the_filter_bar(goes):
    page = goes("articles")
    page.get_by_role("button", name="Story").click()
    page.get_by_role("combobox", name="Stories").click()
    page.get_by_role("option").first.click()
    expect(state(page)).to_contain_text("story: ")


def test_a_name_for_the_same_thing_leads_to_its_concordance_and_from_there_into_the_text(goes):
    page = goes("compare?concept=Places+that+limit+cooperation&section=names")
    page.locator(".fl-uses .fl-choose", has_text="narration").first.click()
    expect(page.locator(".fl-kwic .k").first).to_be_visible()
    comes_to(page, lambda keys: "|" in keys.get("term", [""])[0])
    page.get_by_text("Words on the left", exact=True).click()
    comes_to(page, lambda keys: keys.get("context") == ["left"])
    settled(page)
    page.locator(".fl-kwic a", has_text="Read in place").first.click()
    expect(page.locator(".fl-read .fl-here").first).to_be_in_viewport()


def test_a_kept_filter_stays_in_the_address(goes):
    page = goes(f"compare?group=filters&source={OUTLET.replace(' ', '+')}")
    page.get_by_role("button", name="Keep the filter above as A").click()
    expect(page.locator(".fl", has_text="A: Fox News").first).to_be_visible()
    comes_to(page, lambda keys: keys.get("a") == ["source=Fox+News"])


def test_a_name_opens_on_its_sentences(goes):
    page = goes("people")
    page.get_by_role("button", name="Matthew Albence", exact=True).click()
    expect(page.locator(".fl-evidence")).to_contain_text("sentences that name Matthew Albence")
    comes_to(page, lambda keys: keys == {"entity": ["person:matthew-albence"]})


def fetched(page, name) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=name).first.click()
    return Path(waiting.value.path()).read_bytes()


def test_a_download_holds_the_filtered_rows_and_its_record_says_so(goes, seeds):
    store, chosen = Store.open(seeds), Filter(sources=(OUTLET,))
    page = goes(f"articles?{chosen.to_query()}")
    data = fetched(page, "Download this table (CSV)")
    assert data == export.render(store, "articles", chosen, "csv")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    assert {row["source"] for row in rows} == {OUTLET}
    assert len(rows) == queries.counts(store, chosen).articles
    page.get_by_role("button", name="Other formats and record").click()
    record = json.loads(fetched(page, "Record of this table"))
    assert (record["table"], record["filter"], record["rows"]) == ("articles", chosen.to_query(), len(rows))
    assert record["snapshot"] == store.snapshot


def test_a_first_visit_moves_three_megabytes_at_most(app, open_context):
    page = open_context().new_page()
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    moved = []
    network.on("Network.loadingFinished", lambda event: moved.append(event["encodedDataLength"]))
    network.on(
        "Network.webSocketFrameReceived", lambda event: moved.append(len(event["response"]["payloadData"]) * 3 / 4)
    )
    page.goto(app)
    settled(page)
    expect(page.locator(".js-plotly-plot").first).to_be_visible()
    assert 1_000_000 < sum(moved) <= 3_000_000

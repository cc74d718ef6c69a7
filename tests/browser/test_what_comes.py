"""What is expected and never comes fails, and soon after its time; what comes later is waited for."""

import pytest

from tests.browser.waiting import expect

LATER = (
    "setTimeout(() => document.body.append(Object.assign(document.createElement('h1'), {textContent: 'Here'})), 200)"
)


def test_what_comes_is_waited_for_and_what_does_not_fails(shared_context, nowhere, subtests):
    page = shared_context.new_page()
    page.goto(nowhere)
    heading, missing = page.locator("h1"), page.locator("h2")
    with subtests.test("what is not there may be expected not to be"):
        expect(heading).to_have_count(0)
    page.evaluate(LATER)
    with subtests.test("what comes later is waited for"):
        expect(heading).to_have_text("Here")
        expect(heading).to_have_count(1)
    with subtests.test("what does not come fails in Playwright's words"):
        with pytest.raises(AssertionError, match="expected to be visible"):
            expect(missing).to_be_visible(timeout=100)
        with pytest.raises(AssertionError, match="expected to contain text"):
            expect(heading).to_contain_text("Nowhere", timeout=100)
        with pytest.raises(AssertionError, match="expected not to contain text"):
            expect(heading).not_to_contain_text("Here", timeout=100)
    page.close()

"""What people do again and again: sign in, open a fold, fill in a form by its labels, read a page for faults."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_FILE_PATH, AxeResults
from playwright.sync_api import Locator, Page, expect

MOST_BYTES = 200 * 1024
LATER_ROWS = "tbody tr:nth-child(n+4)"
# What passed is never looked at: bringing it over from the browser takes as long as axe itself.
READ = """({later, colours}) => axe.run(
        {exclude: [[later]]}, {resultTypes: ["violations"], rules: {"color-contrast": {enabled: colours}}})
    .then(found => ({...found, passes: [], incomplete: [], inapplicable: []}))"""


def sign_in(page: Page, site: Any, name: str) -> None:
    """From the first page to one's own tasks."""
    page.goto("/")
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(site.password)
    page.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_role("heading", name="Phong trào thi đua", exact=True)).to_be_visible()


def check_width(page: Page) -> None:
    """Nothing wider than the screen."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url


def check_page(page: Page, *, colours: bool = True) -> None:
    """No axe finding, and nothing wider than the screen. Of long tables axe reads the first rows: all are alike."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_FILE_PATH.read_text())
    results = AxeResults(page.evaluate(READ, {"later": LATER_ROWS, "colours": colours}))
    assert results.violations_count == 0, f"{page.url}\n{results.generate_report()}"
    check_width(page)


def go(link: Locator) -> None:
    """Press a link and wait for its page: what is counted at once must not be counted on the page before."""
    with link.page.expect_navigation():
        link.click()


def home(page: Page) -> None:
    """Back to one's tasks by the link in the head of every page."""
    go(page.get_by_role("navigation", name="Chính").get_by_role("link", name="Việc của tôi"))


def menu(page: Page, words: str) -> None:
    """A link of the menu."""
    go(page.get_by_role("navigation", name="Chính").get_by_role("link", name=words, exact=True))


def follow(page: Page, words: str) -> None:
    """A link by its words, exactly."""
    go(page.get_by_role("link", name=words, exact=True))


def form_of(page: Page, button: str) -> Locator:
    """The form that a button sends; its fold is opened first."""
    form = page.locator("form").filter(has=page.locator("button").filter(has_text=re.compile(f"^{re.escape(button)}$")))
    fold = page.locator("details:not([open])").filter(has=form)
    if fold.count():
        fold.locator("summary").click()
    return form


def fill_in(form: Locator, values: Mapping[str, str | list[str] | Path | bool]) -> None:
    """Fill in fields by their labels: text, a choice (by its words), a file, a box to tick."""
    for label, value in values.items():
        field = form.get_by_label(re.compile(f"^{re.escape(label)}"))
        if isinstance(value, Path):
            field.set_input_files(value)
        elif isinstance(value, bool):
            field.set_checked(value)
        elif field.first.evaluate("field => field.tagName") == "SELECT":
            option = field.locator("option").filter(has_text=value).first
            field.select_option(value=option.get_attribute("value"))
        else:
            field.fill(str(value))


def type_in(page: Page, *words: str) -> None:
    """Type into the field that has the focus and go on by Tab; blank words leave the field as it is."""
    for text in words:
        if text:
            page.keyboard.press("Control+a")
            page.keyboard.type(text)
        page.keyboard.press("Tab")


def send(page: Page, button: str, values: Mapping[str, Any] | None = None) -> None:
    """Fill in the form of a button and press it."""
    form = form_of(page, button)
    fill_in(form, values or {})
    with page.expect_navigation():
        form.get_by_role("button", name=button, exact=True).click()
    check_width(page)


def refused(page: Page) -> Locator:
    """The summary of what could not be written."""
    return page.get_by_role("alert")


def told(page: Page) -> Locator:
    """What the site says after an act."""
    return page.get_by_role("status")


def download(page: Page, words: str) -> bytes:
    """The file behind a link."""
    with page.expect_download() as taken:
        page.get_by_role("link", name=words, exact=True).click()
    return Path(taken.value.path()).read_bytes()

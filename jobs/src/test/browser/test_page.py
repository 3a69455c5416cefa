"""Looks at report pages in a headless Chromium: test_page.py BROWSER PAGE... Run by test.sh."""

import csv
import io
import sys
import traceback
from pathlib import Path
from typing import Any

from expected import DRAWN, Section, sections
from playwright.sync_api import Browser, Locator, Page, sync_playwright

PHONE, PAPER, SCREEN = 360, 718, 1280
IN_PAGE = (Path(__file__).parent / "in_page.js").read_text()


class Visit:
    """An open page, its data, and whatever it did that a page must not do."""

    def __init__(self, browser: Browser, file: Path, **how: Any) -> None:
        self.context = browser.new_context(viewport={"width": SCREEN, "height": 900}, locale="en-US", **how)
        self.page = self.context.new_page()
        self.faults: list[str] = []
        self.address = file.resolve().as_uri()
        self._listen(self.page)
        self.page.goto(self.address)
        self.page.evaluate(IN_PAGE)
        self.sections = sections(self.page.locator("#data").text_content() or "")
        self.filled = [section for section in self.sections if section.rows]
        self.charts = [section for section in self.filled if section.chart in DRAWN]

    def __enter__(self) -> "Visit":
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self.context.close()
        if kind is None:
            assert not self.faults, self.faults

    def _listen(self, page: Page) -> None:
        fault = self.faults.append
        page.on("console", lambda said: said.type in {"warning", "error", "assert"} and fault(f"says {said.text}"))
        page.on("pageerror", lambda error: fault(f"throws {error}"))
        page.on("dialog", lambda dialog: (fault(f"asks {dialog.message}"), dialog.dismiss()))
        page.on("popup", lambda popup: fault(f"opens {popup.url}"))
        page.on("websocket", lambda socket: fault(f"connects to {socket.url}"))
        page.context.on("request", lambda request: self._is_own(request.url) or fault(f"requests {request.url}"))

    def _is_own(self, url: str) -> bool:
        return url.split("#")[0] == self.address or url.startswith(("data:", "blob:"))

    def place(self, section: Section) -> Locator:
        return self.page.locator(f"section#{section.id}")

    def choices(self, section: Section) -> list[list[str]]:
        """Label and choice of each select box of a section."""
        return self.place(section).locator(".choices label").evaluate_all(
            "labels => labels.map(each => [each.firstChild.data, each.querySelector('option:checked').textContent])"
        )

    def chart(self, section: Section) -> dict[str, Any] | None:
        return self.place(section).locator(".chart").evaluate("box => look.chart(box)")

    def table(self, section: Section) -> list[list[str]]:
        """The cells of a section's table, opened and to its last row."""
        place = self.place(section)
        toggle = place.locator(".bar button").first
        if toggle.get_attribute("aria-expanded") == "false":
            toggle.click()
        more = place.locator("button.more")
        while more.is_visible():
            more.click()
        return place.locator("tbody tr").evaluate_all(
            "rows => rows.map(row => [...row.cells].map(cell => cell.textContent))"
        )


def check_drawn(visit: Visit, section: Section) -> None:
    """Every series of a chart that its rows call for is drawn, with all of its points."""
    rows, value = section.chosen(visit.choices(section))
    chart = visit.chart(section)
    assert chart, f"{section.id}: no chart was drawn"
    series = chart["series"]
    assert len(series) == section.series(rows, value), f"{section.id}: {[each['name'] for each in series]}"
    expected = section.points(rows, value)
    points = dict.fromkeys(expected, 0)
    for each in series:
        assert each["isDrawn"], f"{section.id}: {each['name']} is not drawn"
        kind = each["name"] if each["name"] in expected else "each"
        if each["type"] != "lines" and kind in points:
            points[kind] += each["points"]
    assert points == expected, f"{section.id}: {points} points for {expected}"
    assert chart["drawnWidth"] == chart["width"], f"{section.id}: drawn {chart['drawnWidth']} px wide of {chart['width']}"


def check_table(visit: Visit, section: Section) -> None:
    rows, _ = section.chosen(visit.choices(section))
    cells = visit.table(section)
    assert len(cells) == len(rows), f"{section.id}: {len(cells)} rows in the table of {len(rows)}"
    for row, shown in zip(rows, cells, strict=True):
        assert all(shown), f"{section.id}: an empty cell in {shown}"
        assert shown == section.shown(row, shown), f"{section.id}: {shown} for {row}"


def check_csv(visit: Visit, section: Section) -> None:
    with visit.page.expect_download() as download:
        visit.place(section).get_by_role("button", name="Download CSV").click()
    assert download.value.suggested_filename == f"headroom-{section.id.replace('_', '-')}.csv"
    text = Path(download.value.path()).read_bytes().decode()
    assert text.startswith("\ufeff"), "a spreadsheet needs the mark to see UTF-8"
    header, *rows = csv.reader(io.StringIO(text[1:], newline=""), strict=True)
    assert header == [column["name"] for column in section.columns], header
    assert len(rows) == len(section.rows), f"{section.id}: {len(rows)} rows in the CSV of {len(section.rows)}"
    for row, cells in zip(section.rows, rows, strict=True):
        assert cells == section.exported(row, cells), f"{section.id}: {cells} for {row}"


def check_tip(visit: Visit, section: Section) -> str:
    """Moves the pointer over a chart until it tells something: what it told."""
    place = visit.place(section).locator(".chart")
    place.scroll_into_view_if_needed()
    box = place.bounding_box() or {}
    marked = [each["at"] for each in (visit.chart(section) or {})["series"] if each["at"]]
    across = [[box["x"] + box["width"] * share, box["y"] + box["height"] / 2] for share in (0.3, 0.5, 0.7, 0.9)]
    told = ""
    for x, y in marked + across:
        visit.page.mouse.move(x, y, steps=2)
        visit.page.wait_for_timeout(60)
        told += "".join(place.locator(".tip:visible").all_text_contents())
    assert told, f"{section.id}: a pointer over the chart is told nothing"
    return told


def check_nothing_injected(visit: Visit) -> None:
    found = visit.page.evaluate("look.injected()")
    assert found == {"elements": 0, "scripts": 0, "ran": False}, found


def check_fits(visit: Visit, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 800})
    visit.page.wait_for_timeout(300)
    wide = visit.page.evaluate("look.overflow()")
    assert not wide, f"at {width} px: {wide}"
    for section in visit.charts:
        check_drawn(visit, section)


def test_every_section_is_filled(browser: Browser, file: Path) -> None:
    with Visit(browser, file) as visit:
        assert visit.page.locator("main .chart").count() == len(visit.sections)
        assert visit.filled == visit.sections, {section.id for section in visit.sections if not section.rows}
        for section in visit.charts:
            check_drawn(visit, section)
        for section in visit.filled:
            if section.chart == "CARDS":
                assert visit.place(section).locator(".card").count() == len(section.rows)
            check_table(visit, section)
            check_csv(visit, section)


def test_every_choice_draws_what_it_chooses(browser: Browser, file: Path) -> None:
    with Visit(browser, file) as visit:
        for section in visit.filled:
            boxes = visit.place(section).locator("select")
            for index in range(boxes.count()):
                if index < boxes.count():  # a choice may leave nothing to choose behind it
                    boxes.nth(index).select_option(index=boxes.nth(index).locator("option").count() - 1)
            rows, value = section.chosen(visit.choices(section))
            assert rows, section.id
            if section.chart in DRAWN and any(section.points(rows, value).values()):
                check_drawn(visit, section)
            check_table(visit, section)


def test_labels_are_text(browser: Browser, file: Path) -> None:
    with Visit(browser, file) as visit:
        told = ""
        for section in visit.charts:
            told += check_tip(visit, section)
            check_nothing_injected(visit)
        names = {row[name] for section in visit.charts for row in section.rows for name in section.having("SERIES")}
        assert any(name in told for name in names if name), "no tooltip tells a name"


def test_fits_screen_and_phone_in_both_themes(browser: Browser, file: Path) -> None:
    grounds = set()
    for theme in ("light", "dark"):
        with Visit(browser, file, color_scheme=theme) as visit:
            for width in (SCREEN, PHONE):
                check_fits(visit, width)
            grounds.add(visit.page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(grounds) == 2, grounds


def test_prints_on_light_paper_and_comes_back(browser: Browser, file: Path) -> None:
    with Visit(browser, file, color_scheme="dark") as visit:
        ground = "getComputedStyle(document.body).backgroundColor"
        dark = visit.page.evaluate(ground)
        visit.page.emulate_media(media="print")
        visit.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        check_fits(visit, PAPER)
        assert visit.page.evaluate(ground) != dark
        visit.page.evaluate("dispatchEvent(new Event('afterprint'))")
        visit.page.emulate_media(media="screen")
        assert visit.page.evaluate(ground) == dark
        assert visit.page.pdf(format="A4").startswith(b"%PDF-")
        for section in visit.charts:
            check_drawn(visit, section)


def main(executable: str, files: list[Path]) -> int:
    tests = {name: test for name, test in globals().items() if name.startswith("test_")}
    failed = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, chromium_sandbox=False)
        for file in files:
            for name, test in tests.items():
                try:
                    test(browser, file)
                    print("ok    ", name, file.name, flush=True)
                except Exception:
                    failed += 1
                    print("FAILED", name, file.name, traceback.format_exc(), sep="\n", flush=True)
        browser.close()
    print(f"{len(tests) * len(files) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], [Path(file) for file in sys.argv[2:]]))

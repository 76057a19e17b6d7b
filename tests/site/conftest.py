"""The built site, served on this machine, and a browser to read it with."""

import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import sync_playwright

SITE = Path(__file__).parents[2] / "docs" / "_build" / "html"
NAMES = sorted(path.relative_to(SITE).as_posix() for path in SITE.rglob("*.html"))
# The folders of pages that one function writes: what holds of some holds of all.
FAMILIES = ("answers/figures/", "answers/questions/", "answers/years/")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


SCREENS = {
    "desktop": {"width": 1440, "height": 900},
    "laptop": {"width": 1280, "height": 800},
    "phone": {"width": 375, "height": 812},
}
# The elements with text of their own, one for each look: the tag, the class, the letters, and all that is behind them.
# The contrast of the others is the same, and to measure it takes most of a minute on the longest page.
LOOKS = """
    () => {
        const grounds = new Map([[document.documentElement, ""]]);
        const ground = (it) => {
            if (!grounds.has(it)) {
                const { backgroundColor, backgroundImage, opacity, filter, mixBlendMode } = getComputedStyle(it);
                const own = [backgroundColor, backgroundImage, opacity, filter, mixBlendMode];
                grounds.set(it, `${ground(it.parentElement)}/${own}`);
            }
            return grounds.get(it);
        };
        const looks = new Map();
        for (const it of document.querySelectorAll("body *")) {
            const { width, height } = it.getBoundingClientRect();
            const written = [...it.childNodes].some((part) => part.nodeType === Node.TEXT_NODE && part.data.trim());
            if (!written || width <= 1 || height <= 1 || !it.checkVisibility()) continue;
            const { color, fontSize, fontWeight, textShadow } = getComputedStyle(it);
            const look = [it.tagName, it.getAttribute("class"), color, fontSize, fontWeight, textShadow, ground(it)];
            if (!looks.has(look.join())) looks.set(look.join(), it);
        }
        return [...looks.values()];
    }
"""
# What the browser tells of a page, and when it is a fault.
FAULTS = {
    "console": lambda said, _: said.type in {"error", "warning"} and said.text,
    "pageerror": lambda error, _: str(error),
    "request": lambda asked, ours: not asked.url.startswith((ours, "data:")) and f"another host: {asked.url}",
    "requestfailed": lambda asked, _: f"failed: {asked.url}",
    # The tab asks again for a file that it has (304) if the site has just been built.
    "response": lambda reply, _: not (reply.ok or reply.status == 304) and f"{reply.status}: {reply.url}",
}


class Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass


def pytest_sessionstart():
    if not NAMES:
        pytest.exit("There is no site to test: `nox -s docs` builds it first.", returncode=1)


def pytest_generate_tests(metafunc):
    figures = [name for name in NAMES if name.startswith("answers/figures/")]
    for argument, names in {"name": NAMES, "sample": samples(), "figures": figures}.items():
        if argument in metafunc.fixturenames:
            # The tests of a page follow each other, and run in one process.
            pages = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in names]
            metafunc.parametrize(argument, pages, scope="module")


def samples():
    """Every page but those of a family, of which the first, the last and the largest stand for all."""
    chosen = [name for name in NAMES if not name.startswith(FAMILIES) or name.endswith("/index.html")]
    for family in FAMILIES:
        members = [name for name in NAMES if name.startswith(family) and not name.endswith("/index.html")]
        if members:
            largest = max(members, key=lambda name: (SITE / name).stat().st_size)
            chosen += dict.fromkeys([members[0], members[-1], largest])
    return chosen


@pytest.fixture(scope="session")
def address():
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=SITE)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def chromium():
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.fail(f"The tests of the site need Chromium, and none of these is on the PATH: {', '.join(BROWSERS)}.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def visit(address, chromium):
    """Open a page, hold what it said and asked for while it loaded, and show it as a kind of reader sees it."""
    # One tab reads all pages, because a new one would start a process, and compile the same scripts again.
    page = chromium.new_page()
    page.name, page.seen, page.faults = "", (), []

    def open_page(name, *, screen="desktop", scheme="light"):
        if page.name != name:
            show("desktop", "light")
            page.name = name
            page.faults.clear()
            page.goto(address + name)
        show(screen, scheme)
        return page

    def show(screen, scheme):
        if page.seen != (screen, scheme):
            page.seen = (screen, scheme)
            page.set_viewport_size(SCREENS[screen])
            page.emulate_media(color_scheme=scheme)
            # The page, and its script, have seen the change when a second frame is drawn.
            page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def note(fault, event):
        if said := fault(event, address):
            page.faults.append(said)

    for event, fault in FAULTS.items():
        page.on(event, partial(note, fault))
    return open_page


@pytest.fixture(scope="session")
def site():
    return SITE


@pytest.fixture(scope="session")
def violations():
    """What axe-core finds in a page, as one line for each element; `contrast` finds what is hard to read."""

    def find(page, **options):
        # The list of all pages is the same on each, and long: it is read on two.
        whole = "location.pathname.endsWith('/index.html') ? document : { exclude: '.sidebar-drawer' }"
        return run(page, whole, {"rules": {"color-contrast": {"enabled": False}}, **options})

    return find


@pytest.fixture(scope="session")
def contrasts():
    """The elements of a page whose text axe-core finds hard to read, one for each look."""
    return lambda page: run(page, f"({LOOKS})()", {"runOnly": ["color-contrast"]})


def run(page, context, options):
    """Run rules of axe-core on a part of a page."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(
        f"""async (options) => {{
            const always = {{ resultTypes: ["violations"], selectors: false }};
            const {{ violations }} = await axe.run({context}, {{ ...always, ...options }});
            return violations.flatMap(({{ id, nodes }}) => nodes.map(({{ html }}) => `${{id}}: ${{html}}`));
        }}""",
        options,
    )

"""`make screens`: photographs every page at 360 and 1280 px into screens/, for the eye."""

import argparse
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.serving import Staged

ROOT = Path(__file__).resolve().parent.parent
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def chromium() -> str:
    found = os.environ.get("CHROMIUM") or shutil.which("chromium")
    assert found, "No Chromium: install the system's package, or set CHROMIUM to a browser's path."
    return found


def session_of(who: str, url: str, staged: "Staged") -> list[dict[str, Any]]:
    """The cookie that makes a browser somebody's."""
    return [{"name": "session", "value": staged.sessions[who], "url": url, "httpOnly": True}] if who else []


def photograph(into: Path, only: str, language: str) -> int:
    from playwright.sync_api import sync_playwright

    from tests.addresses import SCREENS, act_screens
    from tests.serving import served

    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(parents=True)
    taken = 0
    with served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        for screen in (*SCREENS, *act_screens(site.staged)):
            if only not in screen.name:
                continue
            for width in (360, 1280):
                context = browser.new_context(
                    viewport={"width": width, "height": 800}, extra_http_headers={"Accept-Language": language}
                )
                context.add_cookies(session_of(screen.who, site.url, site.staged))  # type: ignore[arg-type]
                page = context.new_page()
                page.goto(site.url + screen.path(site.staged))
                page.screenshot(path=into / f"{screen.name}-{width}.png", full_page=True)
                context.close()
                taken += 1
        browser.close()
    return taken


def main() -> None:
    import django

    django.setup()
    parser = argparse.ArgumentParser("make screens")
    parser.add_argument("--only", default="", help="only the screens with this in their name")
    parser.add_argument("--language", default="en", help="en, en-xa or en-xb")
    parser.add_argument("--into", type=Path, default=ROOT / "screens")
    chosen = parser.parse_args()
    print(f"{photograph(chosen.into, chosen.only, chosen.language)} pictures in {chosen.into}")


if __name__ == "__main__":
    main()

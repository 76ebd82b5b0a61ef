"""The layout checks find what they are for, and nothing in a page that is sound."""

import pytest
from playwright.async_api import Browser

from tests.screens.checks import axe_faults, layout_faults

SOUND = """
<main style="padding:10px"><h1 id=h>A page</h1>
<p style="width:80px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap">A name too long for its place</p>
<div style="height:40px;width:120px;overflow-y:auto" tabindex=0>One<br>Two<br>Three<br>Four</div>
<button style="width:90px;height:44px">Send</button>
<p>Some words and <a href="#h">a link</a> among them.</p></main>
"""
FAULTY = {
    "cut at its side": "<div style='width:60px;overflow:hidden;white-space:nowrap'>A name that is too long</div>",
    "cut above or below": "<div style='height:10px;overflow:hidden'>Half of a line</div>",
    "spills out of": "<div style='width:60px;background:#ddd;white-space:nowrap'>A name that is too long</div>",
    "lies over": "<p style='height:0;margin:0'>One text</p><p style='margin:0'>Another text</p>",
    "the label": "<button style='width:60px;height:44px;overflow:hidden;text-overflow:ellipsis;white-space:nowrap'>"
    "Delete 3 conversations</button>",
    "scrolls sideways": "<div style='width:100px;height:90px;overflow:auto;white-space:nowrap'>"
    "A list with a column too many</div>",
    "the page scrolls sideways": "<div style='width:3000px'>Wide</div>",
    "off the screen": "<div style='position:absolute;left:-40px'>Words that begin too early</div>",
    "less than": "<button style='width:20px;height:20px;padding:0'>x</button>",
    "is covered by": "<button style='width:90px;height:44px'>Send</button>"
    "<div style='margin-top:-44px;position:relative;background:#eee;width:90px;height:44px'></div>",
    "overlaps": "<button style='width:90px;height:44px'>Send</button>"
    "<button style='width:90px;height:44px;margin-left:-30px'>Keep</button>",
}


@pytest.mark.parametrize("width", [1440, 390])
async def test_nothing_is_found_in_a_sound_page(browser: Browser, width: int) -> None:
    page = await browser.new_page(viewport={"width": width, "height": 800})
    await page.set_content(f"<html lang=en><title>Sound</title><body>{SOUND}")
    assert await layout_faults(page) == []
    assert await axe_faults(page) == []


@pytest.mark.parametrize("said", FAULTY)
async def test_each_kind_of_fault_is_found(browser: Browser, said: str) -> None:
    page = await browser.new_page(viewport={"width": 390, "height": 800})
    await page.set_content(f"<html lang=en><title>Faulty</title><body><main>{FAULTY[said]}</main>")
    assert any(said in fault for fault in await layout_faults(page))


async def test_a_target_of_24_px_is_enough_on_a_wide_screen_and_too_small_on_a_phone(browser: Browser) -> None:
    page = await browser.new_page(viewport={"width": 1440, "height": 800})
    await page.set_content("<button style='width:24px;height:24px;padding:0'>x</button>")
    assert await layout_faults(page) == []
    await page.set_viewport_size({"width": 390, "height": 800})
    assert len(await layout_faults(page)) == 1


async def test_axe_finds_too_little_contrast(browser: Browser) -> None:
    page = await browser.new_page()
    await page.set_content("<html lang=en><title>Pale</title><main><h1 style='color:#bbb'>Pale</h1></main>")
    assert any(fault.startswith("color-contrast") for fault in await axe_faults(page))

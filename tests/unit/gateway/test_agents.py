"""What browsers say of themselves, in the words that people know them by."""

import pytest

from services.gateway.access.agents import agent_of

MOZILLA = "Mozilla/5.0"


@pytest.mark.parametrize(
    ("header", "said"),
    [
        (f"{MOZILLA} (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox, Linux"),
        (
            f"{MOZILLA} (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0"
            " Safari/537.36 Edg/142.0.0.0",
            "Edge, Windows",
        ),
        (
            f"{MOZILLA} (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)"
            " Version/18.6 Mobile/15E148 Safari/604.1",
            "Safari, iPhone",
        ),
        (
            f"{MOZILLA} (Linux; Android 16; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile"
            " Safari/537.36",
            "Chrome, Android",
        ),
        ("python-httpx/0.28.1", ""),
        ("", ""),
    ],
)
def test_browser_and_system_are_named(header: str, said: str) -> None:
    assert agent_of(header) == said

"""Every screen and state of the dashboard, in the order in which they are drawn."""

from tests.screens import (
    access_scenes,
    desk_scenes,
    file_scenes,
    help_scenes,
    page_scenes,
    part_scenes,
    poll_scenes,
    push_scenes,
    review_scenes,
    settings_scenes,
)
from tests.screens.scene import PHONE, SCENES, WIDE, Scene

__all__ = [
    "PHONE",
    "SCENES",
    "WIDE",
    "Scene",
    "access_scenes",
    "desk_scenes",
    "file_scenes",
    "help_scenes",
    "page_scenes",
    "part_scenes",
    "poll_scenes",
    "push_scenes",
    "review_scenes",
    "settings_scenes",
]

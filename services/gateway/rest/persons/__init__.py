"""All about one person: looking at it, taking it away, erasing it for good."""

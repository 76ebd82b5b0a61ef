"""What a shop is joined to the world by: its tag, its mail, and whom to ask."""

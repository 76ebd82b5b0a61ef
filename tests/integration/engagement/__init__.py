"""The log of push campaigns, reviews and polls, with real servers."""

"""The read tables of push campaigns, reviews and polls: a slice each."""

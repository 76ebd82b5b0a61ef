"""The log of push campaigns, orders, reviews and polls: its owners decide its commands and keep its timers."""

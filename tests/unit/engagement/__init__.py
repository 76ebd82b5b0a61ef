"""The rules of push, reviews and polls, without any process."""

"""The rules of desk and conversations, without any process."""

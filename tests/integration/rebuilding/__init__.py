"""Tests of read tables made anew from the log."""

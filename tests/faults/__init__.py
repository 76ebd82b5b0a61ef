"""Tests that kill and pause real processes."""

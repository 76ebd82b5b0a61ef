"""Tests of erasing persons and shops."""

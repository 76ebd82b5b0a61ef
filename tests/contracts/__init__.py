"""Tests that shipped contracts never change."""

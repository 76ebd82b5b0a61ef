"""Tests of Shopbell."""

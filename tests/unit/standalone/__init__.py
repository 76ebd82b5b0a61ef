"""Tests of the laptop's parts."""

"""Erasing persons and shops for good, and letting go the keys of persons of whom retention has left nothing."""

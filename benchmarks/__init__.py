"""Measurements: what is fast, against what, on which machine. See README.md."""

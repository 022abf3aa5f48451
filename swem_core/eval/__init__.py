"""Measures of quality, and running data sets through the engine."""

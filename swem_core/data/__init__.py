"""Data on disk: mask pictures, data sets."""

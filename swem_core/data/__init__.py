"""Data on disk: masks, pictures, data sets."""

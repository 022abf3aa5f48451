"""``swem-live eval`` and the other commands that score networks and memories on data sets."""

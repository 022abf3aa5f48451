"""``swem-live run``: segment one source, or a list of them, without a window."""

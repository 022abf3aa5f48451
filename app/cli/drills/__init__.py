"""``swem-live faults``: faults of the real world, inflicted on the real program."""

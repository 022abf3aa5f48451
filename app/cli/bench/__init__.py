"""``swem-live bench``: the speed of this machine, of drawing, training and the live pipeline."""

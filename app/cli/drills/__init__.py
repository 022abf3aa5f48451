"""What goes wrong in the world, done to the real program on purpose: ``swem-live faults``."""

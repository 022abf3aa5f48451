"""The SWEM memory: a fixed set of bases per object, updated by weighted EM."""

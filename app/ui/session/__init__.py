"""The window's end of the pipeline: opening sources, running sessions, crossing threads."""

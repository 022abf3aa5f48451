"""The picture and what lies over it: marking, markers, live figures, messages."""

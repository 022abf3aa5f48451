"""What the window knows: marking, view style, playback, outputs. No widgets, testable without."""

"""The window itself: makes the parts, connects them, and goes away in good order."""

"""The window itself: makes the parts, connects them, and closes in good order."""

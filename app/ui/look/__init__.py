"""How controls look: theme, icons, and the small controls used all over the window."""

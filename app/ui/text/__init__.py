"""What the window says: the language, figures as people read them, names for stages. No widgets."""

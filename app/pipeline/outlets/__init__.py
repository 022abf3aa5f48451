"""Other programs that get results or pictures while they are made."""

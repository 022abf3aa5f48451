"""Sound of files and microphones, recorded with the pictures."""

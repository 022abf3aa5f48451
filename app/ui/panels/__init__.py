"""The panels around the picture. Each shows a part of the state and asks for changes to it."""

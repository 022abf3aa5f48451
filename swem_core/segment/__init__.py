"""Marking objects on one picture: prompts in, masks out."""

"""Marking objects on a frozen frame: prompts in, masks out."""

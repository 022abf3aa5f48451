"""The effects: pure functions on pictures and soft masks."""

"""Recordings, replays, snapshots and conversions, and the formats of their files."""

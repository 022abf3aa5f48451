"""Everything that is written: recordings, replays, snapshots, and the formats they come in."""

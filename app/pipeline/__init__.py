"""The threads between a source and a picture. Knows PyAV and the engine, never Qt."""

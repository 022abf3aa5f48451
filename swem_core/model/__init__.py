"""The networks around the memory, and their weights."""

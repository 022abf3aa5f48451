"""Windows that come up for one question and go away."""

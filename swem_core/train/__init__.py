"""Training of the networks: data readers, synthetic clips, the differentiable tracker, the loop."""

"""Measuring the networks: time, operations, share of the machine's peak, memory."""

"""Measuring the networks: time, products, share of the machine's peak, memory."""

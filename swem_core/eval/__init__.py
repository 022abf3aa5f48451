"""Evaluation: metrics, running data sets through the engine, reports and plots."""

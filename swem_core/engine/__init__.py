"""Streaming inference: frames and anchors in, masks out."""

"""What the window knows and wants of the pipeline: no widgets, each part testable without them."""

"""What a person does to the objects: marks, corrections, undo, and the frame held meanwhile."""

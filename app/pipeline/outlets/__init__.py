"""Live output to other programs: results over ZeroMQ, the picture as a virtual camera."""

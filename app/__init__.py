"""The desktop application: command line, pipeline of threads, and window."""

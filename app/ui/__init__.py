"""The window. Knows Qt and the pipeline's contracts; never torch, never the network's insides."""

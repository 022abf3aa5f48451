"""The window. Knows Qt and the pipeline's contracts; never torch, never the network's insides."""

from app.ui.compat import keep_singletons_alive

keep_singletons_alive()

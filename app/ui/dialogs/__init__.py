"""Dialogs: preferences, keys, virtual camera, help, choosing a video."""

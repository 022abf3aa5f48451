from window_fixtures import clip, clip_file, own_settings

__all__ = ["clip", "clip_file", "own_settings"]

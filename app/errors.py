"""Errors of the application's edges. Like :class:`SwemError`, the message says what to do."""

from swem_core.errors import SwemError


class SourceError(SwemError):
    """A camera, stream, file or folder cannot be opened or read."""


class RecorderError(SwemError):
    """A recording, mask folder or snapshot cannot be written."""


class PublishError(SwemError):
    """Results cannot be sent to other programs."""


class SettingsError(SwemError):
    """A command line, settings or session value cannot be used."""

"""Errors at the edges of the application. As with any SwemError, the message says what to do."""

from swem_core.errors import SwemError


class SourceError(SwemError):
    """A camera, stream, file or folder cannot be opened or read."""


class RecorderError(SwemError):
    """A recording, mask folder or snapshot cannot be written."""


class PublishError(SwemError):
    """Results cannot be sent to other programs."""


class SettingsError(SwemError):
    """A value on the command line, in the settings or in a session cannot be used."""


class UsageError(SwemError):
    """A command was not told enough, or arguments that exclude each other. Exit code 2."""

"""Errors a person can act on.

Every message says what is wrong and what to do about it; the application shows it unchanged.
"""


class SwemError(Exception):
    """Base class of errors caused by the input or the machine, not by a bug in this program."""


class WeightsError(SwemError):
    """A weight file is missing, truncated or damaged, or belongs to another network."""


class MaskError(SwemError):
    """A mask does not fit its frame, is empty, or cannot be read."""


class PictureError(SwemError):
    """A picture cannot be read. The message is a predicate: it follows the picture's name."""


class PromptError(SwemError):
    """A prompt (or a file of prompts) cannot be used."""


class DeviceError(SwemError):
    """The requested compute device does not exist or cannot run the network."""


class DatasetError(SwemError):
    """A data set on disk does not have the expected layout."""


class OutputError(SwemError):
    """A file of results cannot be written."""


class StateError(SwemError):
    """A saved engine state does not fit this engine."""


class TrainingError(SwemError):
    """A training run cannot be started or resumed as configured."""

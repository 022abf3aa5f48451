"""What files and folders of images share."""


class DiskSource:
    """A source that lies on disk: no frame of it is lost, and it may start over at its end.

    Thread: ``loops`` and ``set_loop`` any; all else as for every Source.
    """

    def __init__(self, *, loop: bool) -> None:
        self._loop = loop

    @property
    def is_live(self) -> bool:
        """Always False: however slow the reader, nothing is lost."""
        return False

    @property
    def loops(self) -> bool:
        """See :class:`app.pipeline.sources.base.Seekable`."""
        return self._loop

    def set_loop(self, loop: bool) -> None:
        """See :class:`app.pipeline.sources.base.Seekable`."""
        self._loop = loop

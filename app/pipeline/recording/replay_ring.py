"""The last seconds of a session as encoded packets and run-length coded masks."""

from collections import deque
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, TypeAlias

MAX_BYTES: Final = 256 * 1024**2


@dataclass(frozen=True, slots=True)
class Piece:
    """A packet of picture or sound, or the masks of a picture, with its time in ``base`` units."""

    data: bytes
    pts: int
    base: Fraction
    is_key: bool = False

    @property
    def seconds(self) -> float:
        """``pts`` in seconds."""
        return float(self.pts * self.base)


Pieces: TypeAlias = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """What a ring held at one moment. The first picture is a key picture."""

    pictures: Pieces
    sound: Pieces
    masks: Pieces


class ReplayRing:
    """Keeps at least the last ``seconds``, from a key picture on, in at most ``max_bytes``.

    Where the two conflict, the limit of memory wins. Thread: one at a time.
    """

    def __init__(self, seconds: float, max_bytes: int = MAX_BYTES) -> None:
        self._seconds = seconds
        self._max_bytes = max_bytes
        self._pictures: deque[Piece] = deque()
        self._sound: deque[Piece] = deque()
        self._masks: deque[Piece] = deque()
        self._keys: deque[float] = deque()
        self._newest_s = 0.0
        self.bytes = 0

    @property
    def seconds(self) -> float:
        """Time from the oldest picture to the newest."""
        return self._newest_s - self._keys[0] if self._keys else 0.0

    def add_picture(self, piece: Piece) -> None:
        """Append; the first must be a key picture."""
        if piece.is_key:
            self._keys.append(piece.seconds)
        self._newest_s = piece.seconds
        self._add(self._pictures, piece)
        # The oldest key picture goes once those behind it are long enough by themselves.
        while len(self._keys) > 1 and (
            self._newest_s - self._keys[1] >= self._seconds or self.bytes > self._max_bytes
        ):
            self._keys.popleft()
            self._drop_before(self._keys[0])

    def add_sound(self, piece: Piece) -> None:
        """Append a packet of sound."""
        self._add(self._sound, piece)

    def add_masks(self, piece: Piece) -> None:
        """Append the masks of a picture."""
        self._add(self._masks, piece)

    def kept(self) -> Kept:
        """What is kept now; what is added later does not change it."""
        return Kept(tuple(self._pictures), tuple(self._sound), tuple(self._masks))

    def _add(self, pieces: deque[Piece], piece: Piece) -> None:
        pieces.append(piece)
        self.bytes += len(piece.data)

    def _drop_before(self, seconds: float) -> None:
        for pieces in (self._pictures, self._sound, self._masks):
            while pieces and pieces[0].seconds < seconds:
                self.bytes -= len(pieces.popleft().data)

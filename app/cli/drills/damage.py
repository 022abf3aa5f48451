"""Damages files as bad disks, broken downloads and hostile people do."""

import random

_KINDS = 6


def mutated(content: bytes, chance: random.Random) -> bytes:
    """``content`` with one to four changes: bytes, a length field, a cut, a hole, a repetition."""
    data = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 4))):
        _mutate(data, chance)
    return bytes(data)


def _mutate(data: bytearray, chance: random.Random) -> None:
    at = chance.randrange(len(data))
    match chance.randrange(_KINDS):
        case 0:
            for _ in range(chance.choice((1, 10, 100))):
                data[chance.randrange(len(data))] = chance.randrange(256)
        case 1:
            data[at : at + 4] = b"\xff\xff\xff\xff"
        case 2:
            data[at : at + 4] = chance.choice((0, 1, 2**31 - 1, 65_535)).to_bytes(4, "big")
        case 3:
            del data[max(at, 16) :]
        case 4:
            data[at : at + chance.randrange(1, 400)] = bytes(chance.randrange(1, 400))
        case _:
            data[at:at] = data[at : at + 300]

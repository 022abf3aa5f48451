"""Reading untrusted files of ``torch.save``: data only, and no more than the file's size."""

import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor

_ARCHIVE: Final = b"PK\x03\x04"
_DTYPES: Final = frozenset(
    {torch.float16, torch.bfloat16, torch.float32, torch.float64, torch.uint8, torch.bool}
    | {torch.int8, torch.int16, torch.int32, torch.int64}
)


def read_torch_file(path: Path) -> Any:  # noqa: ANN401 - whatever was saved
    """Tensors, plain values and containers of them, on the CPU; nothing is executed.

    Raises ValueError if the file is damaged, truncated, compressed, or holds more than data; the
    message is a phrase, for use inside a sentence.
    """
    try:
        _check_archive(path)
        return torch.load(path, map_location="cpu", weights_only=True)
    except ValueError:
        raise
    except Exception as error:  # a damaged pickle can raise anything
        reason = str(error).strip().partition("\n")[0][:300]
        raise ValueError(reason or type(error).__name__) from error


def check_plain(tensors: Iterable[tuple[str, Tensor]]) -> None:
    """Raise ValueError for a tensor that is not a dense CPU tensor of numbers.

    A forged file may give a single number any shape by a stride of 0: check shapes before reading
    a tensor's values.
    """
    for name, tensor in tensors:
        is_dense = tensor.layout == torch.strided and tensor.device.type == "cpu"
        if not is_dense or tensor.dtype not in _DTYPES:
            raise ValueError(f"'{name}' is not a plain tensor of numbers")


def _check_archive(path: Path) -> None:
    """Raise ValueError for a compressed archive, in which kilobytes can expand to gigabytes.

    ``torch.save`` never compresses.
    """
    with path.open("rb") as file:
        if file.read(len(_ARCHIVE)) != _ARCHIVE:
            return
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
    is_stored = all(entry.compress_type == zipfile.ZIP_STORED for entry in entries)
    if not is_stored or sum(entry.file_size for entry in entries) > path.stat().st_size:
        raise ValueError("it is compressed, which torch.save never does")

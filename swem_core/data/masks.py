"""Masks as picture files: reading the usual formats, writing palette PNGs."""

import io
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pictures
from PIL import UnidentifiedImageError

from swem_core.data.files import write_atomic
from swem_core.data.palette import DAVIS_PALETTE
from swem_core.data.pictures import open_picture
from swem_core.errors import MaskError, PictureError
from swem_core.types import Labels, Mask, ObjectId, Size

MAX_GREY_ID: Final = 32
"""Grey values up to this are object ids; with larger ones, a picture must be black and white."""

_FORMATS: Final = ("PNG", "BMP")  # lossless: JPEG would smear the ids at every edge


def read_mask(path: Path) -> Labels:
    """Read a mask picture, PNG or BMP, as HxW uint8 object ids; 0 is background.

    Palette picture: indices are ids. Black and white: white is object 1. Grey up to
    ``MAX_GREY_ID``: values are ids. RGB: colours of the DAVIS palette, or grey as above. Fully
    transparent pixels, by an alpha channel or by a PNG's transparent colours, are background. There
    may be no object. Raises MaskError. Thread: any.
    """
    try:
        if not path.is_file():
            raise MaskError(f"There is no mask file {path}. Check the name.")
        if path.stat().st_size == 0:
            raise MaskError(f"The mask file {path} is empty (0 bytes). Export the mask again.")
        with open_picture(path, _FORMATS) as picture:
            return _labels_of(picture, path)
    except MaskError:
        raise
    except PictureError as error:
        raise MaskError(
            f"The mask {path} {error} Masks must have the size of the video frame."
        ) from error
    except UnidentifiedImageError:
        raise MaskError(
            f"{path} is not a mask picture this program can read. Save the mask as PNG."
        ) from None
    except Exception as error:  # a damaged file can make a decoder raise nearly anything
        raise MaskError(
            f"The mask file {path} cannot be read ({error}). It may be damaged: export it again."
        ) from error


def write_mask(path: Path, labels: Labels) -> None:
    """Write HxW uint8 object ids as a PNG with the DAVIS palette, atomically.

    The folder must exist; an existing file is replaced. Raises MaskError. Thread: any.
    """
    if labels.ndim != 2 or labels.dtype != np.uint8 or labels.size == 0:
        raise MaskError(
            "A mask to be saved must be a picture of object ids (HxW uint8). "
            f"Got {labels.dtype} of shape {labels.shape}."
        )
    picture = Pictures.fromarray(labels)
    picture.putpalette(DAVIS_PALETTE.tobytes())
    encoded = io.BytesIO()
    picture.save(encoded, "PNG", compress_level=3)  # large flat areas: higher levels gain nothing
    try:
        write_atomic(path, encoded.getvalue())
    except OSError as error:
        raise MaskError(
            f"The mask {path} cannot be written ({error.strerror or error}). "
            "Check that the folder exists, may be written to and has space."
        ) from error


def split_objects(labels: Labels) -> dict[ObjectId, Mask]:
    """One HxW bool mask per object id in ``labels``, in ascending order, without background."""
    return {int(i): labels == i for i in np.unique(labels) if i != 0}


def check_mask(mask: Mask | Labels, size: Size, what: str = "The mask") -> None:
    """Raise MaskError unless ``mask`` is HxW of ``size`` (height, width) and not empty.

    ``what``: name of the mask in the message, for example "The mask of object 2".
    """
    if mask.shape != size:
        found = f"{mask.shape[1]} x {mask.shape[0]}" if mask.ndim == 2 else f"shape {mask.shape}"
        raise MaskError(
            f"{what} is {found} but the frame is {size[1]} x {size[0]} pixels (width x height). "
            "Make the mask on a frame of this source, at its full size."
        )
    if not mask.any():
        raise MaskError(f"{what} is empty, so there is nothing to track. Mark at least one pixel.")


def _labels_of(picture: Pictures.Image, path: Path) -> Labels:
    clear = picture.info.get("transparency")  # of a PNG without alpha channel
    if picture.mode == "P":
        return _ids_of_palette(clear)[np.array(picture, np.uint8)]
    if picture.mode in ("LA", "RGBA"):
        pixels = np.array(picture)
        colours = np.where(pixels[..., -1:] == 0, np.uint8(0), pixels[..., :-1])
    elif picture.mode in ("1", "L", "I", "I;16", "RGB"):
        colours = np.atleast_3d(np.array(picture))
        if clear is not None:
            is_clear = colours == np.asarray(clear).astype(colours.dtype)
            colours = np.where(is_clear.all(-1, keepdims=True), np.zeros_like(colours), colours)
    else:
        raise MaskError(f"The mask {path} has colour mode {picture.mode}. Save it as a plain PNG.")
    labels = None
    if colours.shape[2] == 3:
        labels = _ids_of_colours(colours)
    if labels is None and (colours == colours[..., :1]).all():
        labels = _ids_of_grey(colours[..., 0])
    if labels is None:
        raise MaskError(
            f"The mask {path} holds colours that stand for no object. Use a palette PNG "
            "(index = object), black and white for one object, or the DAVIS palette's colours."
        )
    return labels


def _ids_of_palette(clear: bytes | int | None) -> Labels:
    """256 ids by palette index. ``clear``: the alpha of the first indices, or one clear index."""
    ids = np.arange(256, dtype=np.uint8)
    if isinstance(clear, int):
        ids[clear] = 0
    elif clear is not None:
        ids[: len(clear)][np.frombuffer(clear, np.uint8)[:256] == 0] = 0
    return ids


def _ids_of_grey(grey: NDArray[Any]) -> Labels | None:
    """HxW ids from grey values of any integer type or bool; None if they cannot be ids."""
    top = int(grey.max())
    if top <= MAX_GREY_ID:
        return grey.astype(np.uint8)
    if top in (255, 65535) and bool(((grey == 0) | (grey == top)).all()):
        white: Labels = (grey == top).astype(np.uint8)
        return white
    return None


def _ids_of_colours(rgb: NDArray[np.uint8]) -> Labels | None:
    """HxW ids from HxWx3 uint8 palette colours; None if any colour is not in the palette."""
    palette = _colour_codes(DAVIS_PALETTE)
    order = np.argsort(palette)
    codes = _colour_codes(rgb)
    ids = order[np.searchsorted(palette[order], codes).clip(max=255)]
    return ids.astype(np.uint8) if bool((palette[ids] == codes).all()) else None


def _colour_codes(rgb: NDArray[np.uint8]) -> NDArray[np.int32]:
    """... x 3 uint8 -> ... int32, one number per colour."""
    red, green, blue = np.moveaxis(rgb.astype(np.int32), -1, 0)
    codes: NDArray[np.int32] = red << 16 | green << 8 | blue
    return codes

"""Array and id types shared by the whole project.

Conventions, stated once and used everywhere:

* ``Image``  - HxWx3 uint8, **BGR** (OpenCV order). Never modified after it has been passed on.
* ``Mask``   - HxW bool, one object.
* ``Alpha``  - HxW uint8, soft membership of one object, 0 = outside, 255 = inside.
* ``Labels`` - HxW uint8, object ids, 0 = background.
* ``ObjectId`` - 1..255, chosen by the caller and stable for the object's lifetime.
* Sizes are ``(height, width)`` in pixels; points are ``(x, y)`` in pixels of the source image.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

ObjectId: TypeAlias = int
Size: TypeAlias = tuple[int, int]
Image: TypeAlias = NDArray[np.uint8]
Mask: TypeAlias = NDArray[np.bool_]
Alpha: TypeAlias = NDArray[np.uint8]
Labels: TypeAlias = NDArray[np.uint8]

MAX_OBJECT_ID = 255

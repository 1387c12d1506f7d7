"""The pixels of an object as the page draws them: values of the modality (HU for CT) as 16-bit numbers, with the window to begin with."""

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from yizheng.systems.sequelae.images.reading import NotDicom, dataset

LEAST, MOST = -32768, 32767
LUMINANCE = (0.299, 0.587, 0.114)


@dataclass(frozen=True, slots=True)
class Drawn:
    """Frames of numbers, and how to begin: the middle and width of the window, whether low is white, millimetres a pixel if known."""

    values: NDArray[np.int16]
    center: float
    width: float
    inverted: bool
    spacing: tuple[float, float] | None

    def described(self) -> dict[str, Any]:
        """What the page needs beside the numbers."""
        frames, rows, columns = self.values.shape
        return {
            "frames": frames, "rows": rows, "columns": columns, "center": self.center, "width": self.width,
            "inverted": self.inverted, "spacing": self.spacing,
        }  # fmt: skip


def drawn(content: bytes) -> Drawn:
    """The pixels of a file. Raises NotDicom where they cannot be decoded."""
    found = dataset(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            values = np.asarray(found.pixel_array, dtype=np.float64)
        except Exception as fault:
            raise NotDicom("这种压缩方式的影像不能在页面显示，请用阅片工作站") from fault
    if int(found.get("SamplesPerPixel", 1)) == 3:
        values = values @ np.array(LUMINANCE)
    values = values * float(found.get("RescaleSlope") or 1) + float(found.get("RescaleIntercept") or 0)
    values = values if values.ndim == 3 else values[None]
    low, high = float(values.min()), float(values.max())
    center, width = _window(found, low, high)
    spacing = found.get("PixelSpacing")
    return Drawn(
        np.clip(np.rint(values), LEAST, MOST).astype(np.int16), center, width,
        str(found.get("PhotometricInterpretation")) == "MONOCHROME1",
        (float(spacing[0]), float(spacing[1])) if spacing else None,
    )  # fmt: skip


def _window(found: Any, low: float, high: float) -> tuple[float, float]:
    """The window the object asks for, the first where it names several; all its values where it asks for none."""
    center, width = found.get("WindowCenter"), found.get("WindowWidth")
    if center in (None, "") or width in (None, ""):
        return (low + high) / 2, max(1.0, high - low)
    first = [each if isinstance(each, int | float) else each[0] for each in (center, width)]
    return float(first[0]), max(1.0, float(first[1]))

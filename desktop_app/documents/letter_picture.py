"""Pictures that stand on letters: taken in once, small enough, on white, and without what a camera wrote into them."""

from __future__ import annotations

import warnings
from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError

from desktop_app.documents.taken import on_white
from desktop_app.domain.errors import Refused

LARGEST = (900, 400)
PIXELS = 40_000_000


def as_jpeg(content: bytes) -> bytes:
    """A PNG or JPEG as it is kept for letters. Raises `Refused` where it is neither, or far too large."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(BytesIO(content), formats=("PNG", "JPEG"))
            if picture.width * picture.height > PIXELS:
                raise Refused("The picture has too many points. Make it smaller first; a letter shows it 5 cm wide.")
            white = on_white(ImageOps.exif_transpose(picture))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombWarning) as error:
        raise Refused("That is no picture that fits on a letter: take a PNG or a JPEG.") from error
    white.thumbnail(LARGEST)
    stream = BytesIO()
    white.save(stream, "JPEG", quality=90)
    return stream.getvalue()

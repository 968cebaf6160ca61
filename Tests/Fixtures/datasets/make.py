"""Writes small picture files, tables and IDX files, and expected.json: what Pillow, SciPy and Keras make of them.

    python make.py

needs pillow (13 or newer), numpy, scipy and tensorflow-cpu (which brings Keras 3).
"""

import base64
import gzip
import json
import os
import pathlib
import struct
import zlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import numpy as np
from keras.applications import imagenet_utils
from PIL import Image
from scipy import ndimage

HERE = pathlib.Path(__file__).parent
IMAGES = HERE / "images"
RANDOM = np.random.default_rng(13)


def picture(height, width, channels):
    """Smooth colours with some noise: neither codec nor filter has it too easy."""
    y, x = np.mgrid[0:height, 0:width]
    waves = [128 + 90 * np.sin(x / (3 + c) + y / (5 - c) + c) for c in range(channels)]
    noisy = np.stack(waves, -1) + RANDOM.normal(0, 12, (height, width, channels))
    return np.clip(noisy, 0, 255).astype(np.uint8)


def described(array):
    array = np.atleast_3d(np.asarray(array, np.uint8))
    height, width, channels = array.shape
    pixels = base64.b64encode(array.tobytes()).decode()
    return {"height": height, "width": width, "channels": channels, "pixels": pixels}


def png(width, height, depth, color, rows, interlaced=0):
    """A PNG file of the kinds that Pillow does not write."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, depth, color, 0, 0, interlaced)
    data = zlib.compress(b"".join(b"\0" + row for row in rows))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def adam7(array):
    """The rows of an interlaced picture, pass by pass."""
    passes = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]
    for y, x, down, across in passes:
        part = array[y::down, x::across]
        if part.size:
            yield from (row.tobytes() for row in part)


def write_images():
    rgb, grey = picture(17, 23, 3), picture(17, 23, 1)[..., 0]
    alpha = RANDOM.integers(0, 256, (17, 23, 1)).astype(np.uint8)
    color, luma = Image.fromarray(rgb), Image.fromarray(grey)
    color.save(IMAGES / "rgb.jpg", quality=85)
    color.save(IMAGES / "rgb-444.jpg", quality=90, subsampling=0)
    color.save(IMAGES / "rgb-422.jpg", quality=90, subsampling=1)
    color.save(IMAGES / "progressive.jpg", quality=80, progressive=True)
    color.convert("CMYK").save(IMAGES / "cmyk.jpg", quality=90)
    luma.save(IMAGES / "grey.jpg", quality=85)
    color.save(IMAGES / "rgb.png")
    luma.save(IMAGES / "grey.png")
    color.save(IMAGES / "a-png-named.jpg", format="png")
    color.quantize(13).save(IMAGES / "palette.png", transparency=3)
    luma.convert("1").save(IMAGES / "bilevel.png")
    Image.fromarray(np.concatenate([rgb, alpha], -1)).save(IMAGES / "rgba.png")
    Image.fromarray(np.concatenate([grey[..., None], alpha], -1), "LA").save(IMAGES / "grey-alpha.png")
    deep = RANDOM.integers(0, 65536, (6, 5, 3)).astype(">u2")
    (IMAGES / "rgb-16.png").write_bytes(png(5, 6, 16, 2, [row.tobytes() for row in deep]))
    (IMAGES / "grey-16.png").write_bytes(png(5, 6, 16, 0, [row.tobytes() for row in deep[..., 0]]))
    (IMAGES / "interlaced.png").write_bytes(png(23, 17, 8, 2, list(adam7(rgb)), interlaced=1))
    luma.save(IMAGES / "grey.tiff")
    color.save(IMAGES / "rgb.tif", compression="tiff_lzw")
    color.save(IMAGES / "rgb-jpeg.tif", compression="jpeg", quality=90)
    color.quantize(13).save(IMAGES / "palette.tif")
    luma.convert("1").save(IMAGES / "bilevel.tif", compression="group4")
    luma.save(IMAGES / "flipped.tif", tiffinfo={274: 4})
    Image.fromarray(np.concatenate([rgb, alpha], -1)).save(IMAGES / "rgba.tif")
    return deep


def write_broken_images():
    broken = HERE / "broken"
    broken.mkdir(exist_ok=True)
    jpeg, tiff = (IMAGES / "rgb.jpg").read_bytes(), (IMAGES / "rgb.tif").read_bytes()
    image = (IMAGES / "rgb.png").read_bytes()
    (broken / "cut.jpg").write_bytes(jpeg[: len(jpeg) * 3 // 4])
    (broken / "cut.png").write_bytes(image[: len(image) * 3 // 4])
    (broken / "unended.png").write_bytes(image[:-12])
    # libtiff writes the directory after the strips: the data is cut out of the middle.
    lost = tiff[:8] + bytes(len(tiff) // 3) + tiff[8 + len(tiff) // 3 :]
    (broken / "overwritten.tif").write_bytes(lost)
    (broken / "cut.tif").write_bytes(tiff[: len(tiff) // 2])
    changed = bytearray(image)
    changed[len(image) // 2] ^= 0x40
    (broken / "changed.png").write_bytes(changed)
    changed = bytearray(jpeg)
    changed[-200:-190] = b"\xff\xd7" * 5
    (broken / "changed.jpg").write_bytes(changed)
    (broken / "text.jpg").write_text("This is not a picture.\n")
    (broken / "empty.png").write_bytes(b"")
    (broken / "only-a-start.jpg").write_bytes(jpeg[:4])
    (broken / "bomb.png").write_bytes(png(60000, 60000, 8, 2, [b""]))
    Image.fromarray(np.zeros((3, 4), np.uint16)).save(broken / "grey-16.tif")
    Image.fromarray(np.zeros((3, 4), np.float32)).save(broken / "float.tif")


def decoded(deep):
    result = {}
    for path in sorted(IMAGES.iterdir()):
        image = Image.open(path)
        # Pillow clips 16 grey bits to 255, which no one can want: here, too, the upper 8 bits count.
        if path.name == "grey-16.png":
            result[path.name] = described(deep[..., 0] >> 8)
        else:
            result[path.name] = described(image.convert("L" if image.mode in ("1", "L", "LA") else "RGB"))
    return result


def resized():
    color, grey = picture(29, 37, 3), picture(48, 48, 1)
    # Both where Pillow 13 begins with the rows and where it begins with the columns.
    sizes = [
        (color, [(20, 50), (27, 36), (26, 36), (41, 39), (5, 7), (29, 11), (11, 37), (29, 37), (1, 1)]),
        (grey, [(64, 75), (31, 17), (48, 20), (1, 3)]),
        (picture(3, 1, 3), [(9, 4), (2, 1)]),
        (picture(1, 300, 1), [(2, 7)]),
    ]
    result = []
    for source, targets in sizes:
        image = Image.fromarray(source.squeeze(-1) if source.shape[-1] == 1 else source)
        results = [image.resize((width, height), Image.Resampling.BILINEAR) for height, width in targets]
        result.append({"source": described(source), "results": [described(x) for x in results]})
    return result


def rotated():
    """Counter-clockwise as seen, with y pointing down."""
    result = []
    for source in [picture(7, 10, 3), picture(12, 12, 1)]:
        for degrees in [10, -33.5, 90, 180]:
            angle = np.deg2rad(degrees)
            matrix = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
            center = (np.array(source.shape[:2]) - 1) / 2
            channels = [
                ndimage.affine_transform(
                    source[..., c].astype(np.float64), matrix, center - matrix @ center, order=1, mode="nearest"
                )
                for c in range(source.shape[-1])
            ]
            result.append(
                {
                    "degrees": degrees,
                    "source": described(source),
                    "values": [round(x, 3) for x in np.stack(channels, -1).ravel()],
                }
            )
    return result


def scaled():
    source = RANDOM.integers(0, 256, (4, 5, 3)).astype(np.uint8)
    modes = {
        mode: imagenet_utils.preprocess_input(source.astype(np.float32)[None], mode=mode)
        for mode in ["caffe", "tf", "torch"]
    }
    return {
        "source": described(source),
        "modes": {mode: [float(x) for x in values.ravel()] for mode, values in modes.items()},
    }


def write_tables():
    faces = RANDOM.integers(0, 256, (4, 2304))
    emotions, usages = [3, 0, 6, 3], ["Training", "PublicTest", "PrivateTest", "Training"]
    text = [" ".join(map(str, face)) for face in faces]
    rows = [f"{e},{p},{u}" for e, p, u in zip(emotions, text, usages)]
    (HERE / "fer2013.csv").write_text("\n".join(["emotion,pixels,Usage", *rows]) + "\n")
    rows = [f"{e},{u},{p}" for e, p, u in zip(emotions, text, usages)]
    (HERE / "icml_face_data.csv").write_text("\r\n".join(["emotion, Usage, pixels", *rows]))
    return [described(face.reshape(48, 48)) for face in faces]


def write_idx():
    folder = HERE / "idx"
    folder.mkdir(exist_ok=True)
    pictures = {"train": RANDOM.integers(0, 256, (12, 4, 3)), "t10k": RANDOM.integers(0, 256, (10, 4, 3))}
    labels = {"train": [9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 5, 5], "t10k": list(range(10))}
    for name, array in pictures.items():
        images = struct.pack(">IIII", 0x803, *array.shape) + array.astype(np.uint8).tobytes()
        numbers = struct.pack(">II", 0x801, len(array)) + bytes(labels[name])
        if name == "train":
            (folder / f"{name}-images-idx3-ubyte.gz").write_bytes(gzip.compress(images, mtime=0))
            (folder / f"{name}-labels-idx1-ubyte.gz").write_bytes(gzip.compress(numbers, mtime=0))
        else:
            (folder / f"{name}-images-idx3-ubyte").write_bytes(images)
            (folder / f"{name}-labels-idx1-ubyte").write_bytes(numbers)
    return [described(image) for name in ["train", "t10k"] for image in pictures[name]]


def main():
    IMAGES.mkdir(exist_ok=True)
    deep = write_images()
    write_broken_images()
    color = picture(9, 8, 3)
    expected = {
        "decoded": decoded(deep),
        "luma": {"source": described(color), "result": described(Image.fromarray(color).convert("L"))},
        "resized": resized(),
        "rotated": rotated(),
        "scaled": scaled(),
        "faces": write_tables(),
        "idx": write_idx(),
    }
    (HERE / "expected.json").write_text(json.dumps(expected, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()

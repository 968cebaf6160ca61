"""Writes expected.json: what torchvision and Pillow make of two small pictures by each augmentation.

    python make.py

needs torch, torchvision, pillow and numpy.
"""

import base64
import json
import math
import pathlib

import numpy as np
import torch
from PIL import Image
from torchvision.transforms import InterpolationMode
from torchvision.transforms.v2 import RandAugment
from torchvision.transforms.v2 import functional as F

HERE = pathlib.Path(__file__).parent
BILINEAR = InterpolationMode.BILINEAR
RANDOM = np.random.default_rng(5)
MARGIN = 60


def picture(height, width, channels):
    y, x = np.mgrid[0:height, 0:width]
    waves = [128 + 100 * np.sin(x / (2 + c) + y / (4 - c) + 2 * c) for c in range(channels)]
    noisy = np.stack(waves, -1) + RANDOM.normal(0, 15, (height, width, channels))
    return torch.from_numpy(np.clip(noisy, 0, 255).astype(np.uint8)).permute(2, 0, 1)


def described(image):
    array = image.permute(1, 2, 0).numpy().astype(np.uint8)
    height, width, channels = array.shape
    pixels = base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()
    return {"height": height, "width": width, "channels": channels, "pixels": pixels}


def filled(image, transform, fill):
    """A geometric transform about the centre, with what lies beyond the edges made by NumPy first."""
    if fill == "constant":
        return transform(image)
    mode = {"nearest": "edge", "reflect": "symmetric"}[fill]
    wide = np.pad(image.numpy(), ((0, 0), (MARGIN, MARGIN), (MARGIN, MARGIN)), mode=mode)
    result = transform(torch.from_numpy(wide))
    return result[:, MARGIN:-MARGIN, MARGIN:-MARGIN]


def affine(**changes):
    settings = dict(angle=0.0, translate=[0, 0], scale=1.0, shear=[0.0, 0.0]) | changes
    return lambda image: F.affine(image, interpolation=BILINEAR, **settings)


def geometric(image):
    transforms = [
        ("rotation", [17.0], affine(angle=-17.0)),
        ("shear", [12.0], affine(shear=[12.0, 0.0])),
        ("zoom", [1.3], affine(scale=1.3)),
        ("zoom", [0.8], affine(scale=0.8)),
        ("translation", [2.5, -3.25], affine(translate=[-3.25, 2.5])),
    ]
    return [
        {"name": name, "parameters": parameters, "fill": fill,
         "result": described(filled(image, transform, fill))}
        for name, parameters, transform in transforms
        for fill in ["nearest", "reflect", "constant"]
    ]


def crops(image):
    height, width = image.shape[1:]
    cases = [(1, 2, 9, 7), (3, 0, 5, 11), (0, 0, height, width - 4)]
    return [
        {"parameters": list(case),
         "result": described(F.resized_crop(image, *case, [height, width], BILINEAR, antialias=True))}
        for case in cases
    ]


def colors(image):
    pil = Image.fromarray(image.permute(1, 2, 0).numpy().squeeze())
    grey = torch.from_numpy(np.atleast_3d(np.array(pil.convert("L")))).permute(2, 0, 1)
    cases = [(name, factor, function(image, factor)) for factor in [0.0, 0.6, 1.0, 1.7] for name, function in [
        ("brightness", F.adjust_brightness), ("contrast", F.adjust_contrast),
        ("saturation", F.adjust_saturation), ("sharpness", F.adjust_sharpness)]]
    cases += [("hue", shift, F.adjust_hue(image, shift)) for shift in [-0.5, -0.13, 0.0, 0.21, 0.5]]
    cases += [("grey", 0, grey.expand_as(image))]
    for sigma in [0.4, 1.0, 2.3]:
        size = 2 * max(1, math.ceil(3 * sigma)) + 1
        cases.append(("blur", sigma, F.gaussian_blur(image, [size, size], [sigma, sigma])))
    cases += [("posterize", bits, F.posterize(image, bits)) for bits in [1, 4, 8]]
    cases += [("solarize", limit, F.solarize(image, limit)) for limit in [0.0, 100.5, 255.0]]
    cases += [("autoContrast", 0, F.autocontrast(F.adjust_contrast(image, 0.4))),
              ("equalize", 0, F.equalize(image))]
    return [{"name": name, "parameter": value, "result": described(result)} for name, value, result in cases]


NAMES = {"ShearX": "shear_x", "ShearY": "shear_y", "TranslateX": "translate_x", "TranslateY": "translate_y",
         "AutoContrast": "auto_contrast"}


def operations(image, magnitude=23):
    augment = RandAugment(magnitude=magnitude, interpolation=BILINEAR)
    height, width = image.shape[1:]
    results = []
    for name, (magnitudes, signed) in RandAugment._AUGMENTATION_SPACE.items():
        values = magnitudes(31, height, width)
        for sign in [1, -1] if signed else [1]:
            value = 0.0 if values is None else sign * float(values[magnitude])
            result = augment._apply_image_or_video_transform(image, name, value, BILINEAR, augment._fill)
            results.append({"name": NAMES.get(name, name.lower()), "isNegative": sign < 0,
                            "strength": magnitude / 30, "result": described(result)})
    return results


def main():
    pictures = [picture(12, 15, 3), picture(14, 11, 1)]
    cases = [
        {"source": described(image), "geometric": geometric(image), "crops": crops(image),
         "colors": colors(image), "operations": operations(image)}
        for image in pictures
    ]
    (HERE / "expected.json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")


main()

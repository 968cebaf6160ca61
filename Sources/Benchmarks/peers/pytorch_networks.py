"""VGG16, ResNet50 and MobileNet as keras.applications defines them, layer for layer, for PyTorch: torchvision's
differ (dropout in VGG, the stride in ResNet's 3x3 convolution) or are missing (MobileNet version 1)."""

from torch import nn


def vgg16(top):
    layers, channels = [], 3
    for filters, count in [(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)]:
        for _ in range(count):
            layers += [nn.Conv2d(channels, filters, 3, padding=1), nn.ReLU(inplace=True)]
            channels = filters
        layers.append(nn.MaxPool2d(2))
    if not top:
        return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten()), channels
    classifier = [nn.Flatten(), nn.Linear(512 * 7 * 7, 4096), nn.ReLU(inplace=True), nn.Linear(4096, 4096),
                  nn.ReLU(inplace=True), nn.Linear(4096, 1000)]
    return nn.Sequential(*layers, *classifier), channels


class Bottleneck(nn.Module):
    def __init__(self, channels, filters, stride, projects):
        super().__init__()
        self.residual = nn.Sequential(
            nn.Conv2d(channels, filters, 1, stride), nn.BatchNorm2d(filters), nn.ReLU(inplace=True),
            nn.Conv2d(filters, filters, 3, padding=1), nn.BatchNorm2d(filters), nn.ReLU(inplace=True),
            nn.Conv2d(filters, 4 * filters, 1), nn.BatchNorm2d(4 * filters))
        self.shortcut = nn.Sequential(
            nn.Conv2d(channels, 4 * filters, 1, stride), nn.BatchNorm2d(4 * filters)) if projects else nn.Identity()
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        return self.relu(self.residual(x).add_(self.shortcut(x)))


def resnet50(top):
    layers = [nn.Conv2d(3, 64, 7, 2, padding=3), nn.BatchNorm2d(64), nn.ReLU(inplace=True),
              nn.MaxPool2d(3, 2, padding=1)]
    channels = 64
    for filters, count, stride in [(64, 3, 1), (128, 4, 2), (256, 6, 2), (512, 3, 2)]:
        for block in range(count):
            layers.append(Bottleneck(channels, filters, stride if block == 0 else 1, block == 0))
            channels = 4 * filters
    layers += [nn.AdaptiveAvgPool2d(1), nn.Flatten()]
    return nn.Sequential(*layers, *([nn.Linear(channels, 1000)] if top else [])), channels


def mobilenet(top):
    def block(channels, filters, stride):
        # Keras pads below and to the right only, which takes a padding layer of its own here.
        pad = [nn.ZeroPad2d((0, 1, 0, 1))] if stride == 2 else []
        return pad + [
            nn.Conv2d(channels, channels, 3, stride, padding=0 if pad else 1, groups=channels, bias=False),
            nn.BatchNorm2d(channels), nn.ReLU6(inplace=True),
            nn.Conv2d(channels, filters, 1, bias=False), nn.BatchNorm2d(filters), nn.ReLU6(inplace=True)]

    layers = [nn.ZeroPad2d((0, 1, 0, 1)), nn.Conv2d(3, 32, 3, 2, bias=False), nn.BatchNorm2d(32),
              nn.ReLU6(inplace=True)]
    channels = 32
    for filters, stride in [(64, 1), (128, 2), (128, 1), (256, 2), (256, 1), (512, 2)] + [(512, 1)] * 5 + [
            (1024, 2), (1024, 1)]:
        layers += block(channels, filters, stride)
        channels = filters
    layers.append(nn.AdaptiveAvgPool2d(1))
    classifier = [nn.Dropout(1e-3), nn.Conv2d(channels, 1000, 1)] if top else []
    return nn.Sequential(*layers, *classifier, nn.Flatten()), channels

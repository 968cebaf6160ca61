/// How the values of a picture, 0 to 255 and red first, are changed before they enter a network; Keras's
/// modes of `preprocess_input` by Keras's names.
public enum InputScaling: String, Sendable, CaseIterable {
    /// Blue first, and the mean of ImageNet's pictures taken from each channel; not scaled.
    case caffe
    /// From -1 to 1.
    case tf
    /// From 0 to 1, then normalized by ImageNet's mean and deviation for each channel.
    case torch
    /// Not at all: the network's first layer does it.
    case none
}

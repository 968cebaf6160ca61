import Architectures

/// A network that is measured, at 224x224 pixels; MobileNet is version 1 with alpha 1.
enum BenchmarkNetwork: String, CaseIterable {
    case vgg16
    case resnet50
    case mobilenet

    var architecture: Architecture {
        switch self {
        case .vgg16: .vgg16
        case .resnet50: .resnet50
        case .mobilenet: .mobilenet
        }
    }
}

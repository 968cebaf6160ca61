import Layers
import Tensors

extension ModelTree {
    /// The model with the means and variances of `Normalization` layers in nested models as given numbers.
    ///
    /// Keras 3 reads these arrays of an `.h5` and does not use them: it finalizes the layers of the outermost model
    /// alone (`_set_weights` in `legacy_h5_format.py`), so that others go on with the mean 0 and the variance 1.
    func givingNestedNormalizations(_ parameters: Parameters) -> ModelTree {
        replacingContents { content in
            guard case .model(let inner) = content else { return content }
            return .model(inner.givingNormalizations(parameters))
        }
    }

    private func givingNormalizations(_ parameters: Parameters) -> ModelTree {
        replacingContents { content in
            switch content {
            case .model(let inner): .model(inner.givingNormalizations(parameters))
            case .layer(let node): .layer(node.givingNormalization(parameters))
            case .input: content
            }
        }
    }

    private func replacingContents(_ replace: (Content) -> Content) -> ModelTree {
        ModelTree(
            name: name, isSequential: isSequential, isTrainable: isTrainable,
            entries: entries.map { entry in
                Entry(
                    name: entry.name, isTrainable: entry.isTrainable, content: replace(entry.content),
                    calls: entry.calls)
            }, inputs: inputs, outputs: outputs)
    }
}

extension Network.Node {
    fileprivate func givingNormalization(_ parameters: Parameters) -> Network.Node {
        guard let normalization = layer as? Normalization,
            let mean = parameters[ParameterKey(name, "mean")],
            let variance = parameters[ParameterKey(name, "variance")]
        else { return self }
        let given = Normalization(
            name, axes: normalization.axes,
            mean: GivenNumbers(shape: mean.shape, elements: mean.elements.map(\.self)),
            variance: GivenNumbers(shape: variance.shape, elements: variance.elements.map(\.self)),
            invert: normalization.invert)
        return replacing(given)
    }
}

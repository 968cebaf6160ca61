import Foundation
import Layers
import TestSupport
import Testing

@testable import KerasFiles

@Suite struct HostileModelTests {
    /// The error of a configuration, without the name of the file.
    private static func error(_ json: String, kerasMajor: Int = 3) -> String {
        do {
            let description = try ModelConfigReader(file: "f").model(JSONParser.parse(json.utf8))
            let flat = try ModelFlattening.flatten(description, file: "f")
            _ = try NetworkAssembly(file: "f", kerasMajor: kerasMajor).build(flat)
            return "no error"
        } catch {
            let text = "\(error)"
            return error is KerasFileError && text.hasPrefix("f: ")
                ? String(text.dropFirst(3)) : "wrong: \(text)"
        }
    }

    private static func layer(
        _ className: String, _ name: String, _ config: String = "", from inputs: [String] = []
    ) -> String {
        let nodes = inputs.map { "[\"\($0)\", 0, 0, {}]" }.joined(separator: ", ")
        return """
            {"class_name": "\(className)", "name": "\(name)", "config": {"name": "\(name)"\(config)},
             "inbound_nodes": [\(inputs.isEmpty ? "" : "[\(nodes)]")]}
            """
    }

    private static let input = layer("InputLayer", "in", ", \"batch_input_shape\": [null, 8, 8, 3]")

    private static func model(_ layers: [String], output: String, inputs: String = "[[\"in\", 0, 0]]")
        -> String
    {
        """
        {"class_name": "Functional", "config": {"name": "m", "layers": [\(layers.joined(separator: ", "))],
         "input_layers": \(inputs), "output_layers": [["\(output)", 0, 0]]}}
        """
    }

    private static func convolution(_ config: String) -> String {
        error(model([input, layer("Conv2D", "c", config, from: ["in"])], output: "c"))
    }

    @Test func `A graph that goes in a circle is refused`() {
        let layers = [
            Self.input, Self.layer("Add", "a", from: ["in", "b"]), Self.layer("ReLU", "b", from: ["a"]),
        ]
        #expect(
            Self.error(Self.model(layers, output: "b")) == "model 'm': layer 'a' depends on its own output")
        let own = [Self.input, Self.layer("Add", "a", from: ["a", "a"])]
        #expect(Self.error(Self.model(own, output: "a")) == "model 'm': layer 'a' depends on its own output")
    }

    @Test func `Layers that are missing, there twice or called too rarely are named`() {
        let relu = Self.layer("ReLU", "r", from: ["in"])
        #expect(
            Self.error(Self.model([Self.input, relu, relu], output: "r"))
                == "model 'm': two layers are called 'r'")
        #expect(
            Self.error(Self.model([Self.input, relu], output: "x"))
                == "model 'm': there is no layer 'x', which others take as input")
        let late = Self.model([Self.input, relu], output: "r").replacing(
            "[[\"r\", 0, 0]]", with: "[[\"r\", 7, 0]]")
        #expect(Self.error(late) == "model 'm': layer 'r' is called once, but call 7 is referred to")
        let other = Self.model([Self.input, relu], output: "r").replacing(
            "[[\"r\", 0, 0]]", with: "[[\"r\", 0, 9]]")
        #expect(Self.error(other) == "model 'm': the model gives output 9 of a layer that has 1")
        let lonely = Self.model([Self.input, Self.layer("ReLU", "r")], output: "r")
        #expect(Self.error(lonely) == "model 'm': the model gives output 0 of a layer that has 0")
    }

    @Test func `Inputs that are none, or the same twice, are refused`() {
        let relu = Self.layer("ReLU", "r", from: ["in"])
        let two = Self.model([Self.input, relu], output: "r", inputs: "[[\"in\", 0, 0], [\"in\", 0, 0]]")
        #expect(Self.error(two) == "model 'm': two inputs are one layer")
        let none = Self.model([Self.input, relu], output: "r", inputs: "[]")
        #expect(Self.error(none) == "model 'm': expected inputs and outputs, found 0 and 1")
        let wrong = Self.model([Self.input, relu], output: "r", inputs: "[[\"r\", 0, 0]]")
        #expect(Self.error(wrong) == "model 'm': 'r' is no input layer")
    }

    @Test(arguments: [
        (", \"filters\": 4", "expected a value for kernel_size, found none"),
        (
            ", \"filters\": \"4\", \"kernel_size\": 3",
            "expected filters to be a whole number up to 1048576, found \"4\""
        ),
        (
            ", \"filters\": 1e18, \"kernel_size\": 3",
            "expected filters to be a whole number up to 1048576, found"
        ),
        (
            ", \"filters\": -4, \"kernel_size\": 3",
            "expected filters to be a whole number up to 1048576, found -4"
        ),
        (
            ", \"filters\": 4, \"kernel_size\": [3, 3, 3]",
            "expected kernel_size to be two numbers, found [3, 3, 3]"
        ),
        (
            ", \"filters\": 4, \"kernel_size\": 3, \"padding\": \"causal\"",
            "expected padding to be 'valid' or 'same'"
        ),
        (
            ", \"filters\": 4, \"kernel_size\": 3, \"activation\": \"my_own\"",
            "expected activation to be a function that is supported, found \"my_own\""
        ),
        (
            ", \"filters\": 4, \"kernel_size\": 3, \"dtype\": {\"class_name\": \"QuantizedDTypePolicy\", "
                + "\"config\": {\"name\": \"int8_from_float32\"}}",
            "expected dtype to be a type of floating point, found \"int8_from_float32\""
        ),
    ])
    func `A hyper-parameter that makes no sense is named with its value`(config: String, reason: String) {
        let error = Self.convolution(config)
        #expect(
            error.hasPrefix("1 layer is not supported: Conv2D (1: 'c') because it \(reason)"), "\(error)")
    }

    @Test(arguments: [
        (", \"filters\": 4, \"kernel_size\": 0", "layer 'c' (Conv2D): expected kernel size to be positive"),
        (", \"filters\": 4, \"kernel_size\": 9", "layer 'c' (Conv2D): expected an input of shape a picture"),
        (", \"filters\": 0, \"kernel_size\": 3", "layer 'c' (Conv2D): expected groups to be a divisor"),
        (
            ", \"filters\": 4, \"kernel_size\": 3, \"groups\": 0",
            "layer 'c' (Conv2D): expected groups to be a divisor"
        ),
        (
            ", \"filters\": 1048576, \"kernel_size\": [1048576, 1048576], \"padding\": \"same\"",
            "layer 'c': expected at most 2147483648 numbers in an array, found the shape"
        ),
    ])
    func `What no layer can be is refused by the layer`(config: String, reason: String) {
        let error = Self.convolution(config)
        #expect(error.hasPrefix(reason), "\(error)")
    }

    @Test func `Sizes beyond all memory are refused before they are computed with`() {
        func error(input: String, _ layer: String) -> String {
            Self.error(
                Self.model([Self.input.replacing("[null, 8, 8, 3]", with: input), layer], output: "x"))
        }
        let flatten = Self.layer("Flatten", "x", from: ["in"])
        let huge = error(input: "[null, 1000000, 1000000, 1000000]", flatten)
        #expect(huge.hasPrefix("layer 'in': expected at most 2147483648 numbers in an array"), "\(huge)")
        let negative = error(input: "[null, -1, 8, 3]", flatten)
        #expect(negative == "model 'm' takes inputs of any size ([null, -1, 8, 3]); say which size is wanted")
        let larger = Self.layer("UpSampling2D", "x", ", \"size\": [1048576, 1048576]", from: ["in"])
        #expect(error(input: "[null, 8, 8, 3]", larger).hasPrefix("layer 'x': expected at most"))
        let shape = Self.layer("Reshape", "x", ", \"target_shape\": [1e9, 1e9, 1e9]", from: ["in"])
        #expect(
            error(input: "[null, 8, 8, 3]", shape).contains("expected target_shape to be a list of extents"))
    }

    @Test func `Models that contain each other over and over are refused`() {
        // Each model calls the one within it twice: 2^40 layers.
        var inner = Self.layer("ReLU", "leaf", from: ["in"])
        var name = "leaf"
        for depth in 0..<12 {
            let nested = """
                {"class_name": "Functional", "name": "n\(depth)", "config": {"name": "n\(depth)",
                 "layers": [\(Self.input), \(inner), \(Self.layer("Add", "add", from: [name, name]))],
                 "input_layers": [["in", 0, 0]], "output_layers": [["add", 0, 0]]},
                 "inbound_nodes": [[["in", 0, 0, {}]], [["in", 0, 0, {}]], [["in", 0, 0, {}]],
                 [["in", 0, 0, {}]]]}
                """
            (inner, name) = (nested, "n\(depth)")
        }
        let error = Self.error(Self.model([Self.input, inner], output: name))
        #expect(error.hasSuffix("more than 20000 layers"), "\(error)")
    }

    @Test func `What is passed over is said`() throws {
        let config = ", \"units\": 2, \"dtype\": \"mixed_float16\", \"novelty\": 7, \"nothing\": null"
        let json = Self.model(
            [Self.input, Self.layer("Dense", "d", config, from: ["in"])], output: "d")
        let description = try ModelConfigReader(file: "f").model(JSONParser.parse(json.utf8))
        let flat = try ModelFlattening.flatten(description, file: "f")
        let assembled = try NetworkAssembly(file: "f", kerasMajor: 3).build(flat)
        #expect(
            assembled.notes == [
                "'dtype' (mixed_float16, here float32) of Dense is passed over, in 'd'",
                "'novelty' of Dense is passed over, in 'd'",
            ])
    }

    @Test func `A layer cannot be called again with what does not go with its weights`() {
        let shared = """
            {"class_name": "Conv2D", "name": "c", "config": {"name": "c", "filters": 4, "kernel_size": 1},
             "inbound_nodes": [[["in", 0, 0, {}]], [["c", 0, 0, {}]]]}
            """
        let json = Self.model([Self.input, shared], output: "c").replacing(
            "\"output_layers\": [[\"c\", 0, 0]]", with: "\"output_layers\": [[\"c\", 1, 0]]")
        #expect(
            Self.error(json)
                == "layer 'c_1' (Conv2D): expected an input of shape that goes with the weights of 'c', found "
                + "[8, 8, 4]")
    }

    @Test func `Functions that changed with Keras's versions are not mistaken for today's`() {
        let json = Self.model(
            [Self.input, Self.layer("Activation", "a", ", \"activation\": \"hard_sigmoid\"", from: ["in"])],
            output: "a")
        #expect(Self.error(json) == "no error")
        let training = Self.model(
            [Self.input, Self.layer("Dropout", "d", ", \"rate\": 0.5", from: ["in"])], output: "d")
        #expect(Self.error(training.replacing("{}", with: "{\"training\": false}")) == "no error")
        #expect(
            Self.error(training.replacing("{}", with: "{\"training\": true}"), kerasMajor: 2).contains(
                "called with training = true"))
        let axis = Self.model(
            [Self.input, Self.layer("BatchNormalization", "b", ", \"axis\": 2", from: ["in"])], output: "b")
        #expect(Self.error(axis).contains("works on axis 2 of inputs [8, 8, 3], which is not the last"))
        #expect(Self.error(axis.replacing("\"axis\": 2", with: "\"axis\": [3]")) == "no error")
        #expect(Self.error(axis.replacing("\"axis\": 2", with: "\"axis\": 1")) == "no error")
    }

    @Test(arguments: [
        ("[]", "the model: expected one of class Sequential or Functional, found nothing"),
        ("{\"class_name\": \"Sequential\"}", "model 'model': expected a list 'layers', found nothing"),
        (
            "{\"class_name\": \"Sequential\", \"config\": []}",
            "model 'model': expected at least one layer, found []"
        ),
        (
            "{\"class_name\": \"Sequential\", \"config\": [1]}",
            "model 'model', a layer: expected a 'class_name', found nothing"
        ),
        (
            "{\"class_name\": \"Functional\", \"config\": {\"name\": \"m\", \"layers\": [{\"class_name\": \"A\", "
                + "\"config\": {\"name\": \"a\"}, \"inbound_nodes\": [7]}]}}",
            "model 'm', layer 'a', 'inbound_nodes': expected references such as [\"conv1\", 0, 0], found 7"
        ),
    ])
    func `A configuration of another form is refused at its place`(json: String, reason: String) {
        #expect(Self.error(json) == reason)
    }
}

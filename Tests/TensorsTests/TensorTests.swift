import Testing

@testable import Tensors

@Suite struct TensorTests {
    @Test func `A copy keeps its elements when the original is changed`() {
        var original = Tensor([1, 2, 3], shape: [3])
        let copy = original
        original[1] = 7
        #expect(copy.elements == [1, 2, 3])
        #expect(original.elements == [1, 7, 3])
    }

    @Test func `A stamp changes with the contents, and only then`() {
        var tensor = Tensor(zeros: [4])
        let stamp = tensor.stamp
        #expect(tensor.reshaped(to: [2, 2]).stamp == stamp)
        tensor[0] = 1
        #expect(tensor.stamp != stamp)
    }

    @Test func `Memory is aligned to a cache line`() {
        for count in [1, 3, 1000] {
            Tensor(zeros: [count]).withUnsafeElements {
                #expect(Int(bitPattern: $0.baseAddress!).isMultiple(of: 64))
            }
        }
    }

    @Test func `A shape counts its elements and indexes from both ends`() {
        let shape: Shape = [2, 3, 4]
        #expect(shape.elementCount == 24)
        #expect(shape[-1] == 4)
        #expect(shape.batched(5) == [5, 2, 3, 4])
        #expect(Shape([]).elementCount == 1)
        #expect("\(shape)" == "[2, 3, 4]")
    }
}

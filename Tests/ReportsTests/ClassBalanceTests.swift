import Foundation
import Testing

@testable import Reports

@Suite struct ClassBalanceTests {
    private let balance = ClassBalance(
        classNames: ["happy", "a & b"], splits: [("train", [30, 10]), ("test", [0, 4])])

    @Test func `The table has a row a class, with counts and shares`() {
        #expect(
            CSVTable(balance).text == """
                class,train,test,train_share,test_share
                happy,30,0,0.75,0.0
                a & b,10,4,0.25,1.0

                """)
    }

    @Test func `Pictures of several classes each are counted once`() {
        let balance = ClassBalance(
            classNames: ["sea", "dog"], splits: [("train", [30, 10])], totals: [32])
        #expect(
            CSVTable(balance).text == """
                class,train,train_share
                sea,30,0.9375
                dog,10,0.3125

                """)
        #expect(SVGDocument.classBalancePlot(balance).text.contains("32 pictures in 2 classes"))
    }

    @Test func `The drawing has a bar for each class and split, as long as its count`() {
        let text = SVGDocument.classBalancePlot(balance).text
        #expect(text.contains("44 pictures in 2 classes"))
        #expect(text.contains("a &amp; b"))
        let bars = text.split(separator: "\n").filter { $0.contains("<rect class=\"fill-series") }
        #expect(bars.count == 2 + 4)
        #expect(
            bars.contains { $0.contains("width=\"420\"") } && bars.contains { $0.contains("width=\"140\"") })
    }
}

@Suite struct FoldSpreadTests {
    @Test func `The spread has a dot a fold, and a band of a deviation about the mean`() {
        let text = SVGDocument.foldSpreadPlot(FoldSpread(metrics: [("accuracy", [0.7, 0.8, 0.9])])).text
        #expect(text.components(separatedBy: "<circle").count == 4)
        // From 0.7 to 0.9 on an axis of 430 pixels from 0.7 to 0.9: all of it.
        #expect(text.contains("x=\"170\" y=\"87\" width=\"430\""))
        #expect(text.contains("3 folds"))
    }
}

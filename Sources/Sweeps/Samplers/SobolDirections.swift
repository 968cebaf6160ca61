/// The primitive polynomials and initial direction numbers of Joe and Kuo, "Constructing Sobol sequences with better
/// two-dimensional projections", SIAM J. Sci. Comput. 30 (2008): the file `new-joe-kuo-6.21201`, first dimensions.
/// The polynomial's coefficients are bits, the highest and the lowest included.
enum SobolDirections {
    /// A line of the table.
    struct Line {
        let polynomial: UInt32
        let initial: [UInt32]

        init(_ polynomial: UInt32, _ initial: [UInt32]) {
            self.polynomial = polynomial
            self.initial = initial
        }
    }

    /// The dimensions after the first, which is van der Corput's.
    static let table: [Line] = [
        Line(3, [1]),
        Line(7, [1, 3]),
        Line(11, [1, 3, 1]),
        Line(13, [1, 1, 1]),
        Line(19, [1, 1, 3, 3]),
        Line(25, [1, 3, 5, 13]),
        Line(37, [1, 1, 5, 5, 17]),
        Line(41, [1, 1, 5, 5, 5]),
        Line(47, [1, 1, 7, 11, 19]),
        Line(55, [1, 1, 5, 1, 1]),
        Line(59, [1, 1, 1, 3, 11]),
        Line(61, [1, 3, 5, 5, 31]),
        Line(67, [1, 3, 3, 9, 7, 49]),
        Line(91, [1, 1, 1, 15, 21, 21]),
        Line(97, [1, 3, 1, 13, 27, 49]),
        Line(103, [1, 1, 1, 15, 7, 5]),
        Line(109, [1, 3, 1, 15, 13, 25]),
        Line(115, [1, 1, 5, 5, 19, 61]),
        Line(131, [1, 3, 7, 11, 23, 15, 103]),
        Line(137, [1, 3, 7, 13, 13, 15, 69]),
        Line(143, [1, 1, 3, 13, 7, 35, 63]),
        Line(145, [1, 3, 5, 9, 1, 25, 53]),
        Line(157, [1, 3, 1, 13, 9, 35, 107]),
        Line(167, [1, 3, 1, 5, 27, 61, 31]),
        Line(171, [1, 1, 5, 11, 19, 41, 61]),
        Line(185, [1, 3, 5, 3, 3, 13, 69]),
        Line(191, [1, 1, 7, 13, 1, 19, 1]),
        Line(193, [1, 3, 7, 5, 13, 19, 59]),
        Line(203, [1, 1, 3, 9, 25, 29, 41]),
        Line(211, [1, 3, 5, 13, 23, 1, 55]),
        Line(213, [1, 3, 7, 3, 13, 59, 17]),
        Line(229, [1, 3, 1, 3, 5, 53, 69]),
        Line(239, [1, 1, 5, 5, 23, 33, 13]),
        Line(241, [1, 1, 7, 7, 1, 61, 123]),
        Line(247, [1, 1, 7, 9, 13, 61, 49]),
        Line(253, [1, 3, 3, 5, 3, 55, 33]),
        Line(285, [1, 3, 1, 15, 31, 13, 49, 245]),
        Line(299, [1, 3, 5, 15, 31, 59, 63, 97]),
        Line(301, [1, 3, 1, 11, 11, 11, 77, 249]),
        Line(333, [1, 3, 1, 11, 27, 43, 71, 9]),
        Line(351, [1, 1, 7, 15, 21, 11, 81, 45]),
        Line(355, [1, 3, 7, 3, 25, 31, 65, 79]),
        Line(357, [1, 3, 1, 1, 19, 11, 3, 205]),
        Line(361, [1, 1, 5, 9, 19, 21, 29, 157]),
        Line(369, [1, 3, 7, 11, 1, 33, 89, 185]),
        Line(391, [1, 3, 3, 3, 15, 9, 79, 71]),
        Line(397, [1, 3, 7, 11, 15, 39, 119, 27]),
        Line(425, [1, 1, 3, 1, 11, 31, 97, 225]),
        Line(451, [1, 1, 1, 3, 23, 43, 57, 177]),
        Line(463, [1, 3, 7, 7, 17, 17, 37, 71]),
        Line(487, [1, 3, 1, 5, 27, 63, 123, 213]),
        Line(501, [1, 1, 3, 5, 11, 43, 53, 133]),
        Line(529, [1, 3, 5, 5, 29, 17, 47, 173, 479]),
        Line(539, [1, 3, 3, 11, 3, 1, 109, 9, 69]),
        Line(545, [1, 1, 1, 5, 17, 39, 23, 5, 343]),
        Line(557, [1, 3, 1, 5, 25, 15, 31, 103, 499]),
        Line(563, [1, 1, 1, 11, 11, 17, 63, 105, 183]),
        Line(601, [1, 1, 5, 11, 9, 29, 97, 231, 363]),
        Line(607, [1, 1, 5, 15, 19, 45, 41, 7, 383]),
        Line(617, [1, 3, 7, 7, 31, 19, 83, 137, 221]),
        Line(623, [1, 1, 1, 3, 23, 15, 111, 223, 83]),
        Line(631, [1, 1, 5, 13, 31, 15, 55, 25, 161]),
        Line(637, [1, 1, 3, 13, 25, 47, 39, 87, 257]),
    ]

    /// For how many parameters there are directions.
    static let dimensionLimit = table.count + 1
}

/// What an epoch of training came to: a row of `metrics.csv`.
public struct EpochRecord: Sendable, Equatable, Codable {
    /// The stage's name.
    public var stage: String
    /// The epoch, counted from 1 through all stages.
    public var epoch: Int
    /// The learning rate of the epoch's last step.
    public var learningRate: Double
    /// The mean loss of the training pictures as they were shown, penalties included.
    public var loss: Double
    /// The share of the training pictures that were classified correctly as they were shown.
    public var accuracy: Double
    /// The mean loss of the validation pictures, penalties included; nil where there are none.
    public var validationLoss: Double?
    /// The share of the validation pictures that are classified correctly; nil where there are none.
    public var validationAccuracy: Double?
    /// The mean recall of the validation pictures' classes; nil where there are none, or several a picture.
    public var validationBalancedAccuracy: Double?
    /// The mean F1 score of the validation pictures' classes; nil where there are none.
    public var validationF1Macro: Double?
    /// The mean area under the classes' ROC curves; nil where it was not asked for or is undefined.
    public var validationAUC: Double?
    /// How long the epoch took, validation included.
    public var seconds: Double
    /// How many training pictures a second were worked through, validation apart.
    public var imagesPerSecond: Double

    /// A record.
    public init(
        stage: String, epoch: Int, learningRate: Double, loss: Double, accuracy: Double,
        validationLoss: Double? = nil, validationAccuracy: Double? = nil, seconds: Double,
        imagesPerSecond: Double
    ) {
        self.stage = stage
        self.epoch = epoch
        self.learningRate = learningRate
        self.loss = loss
        self.accuracy = accuracy
        self.validationLoss = validationLoss
        self.validationAccuracy = validationAccuracy
        self.seconds = seconds
        self.imagesPerSecond = imagesPerSecond
    }

    /// Keras's names of the numbers.
    private enum CodingKeys: String, CodingKey {
        case stage, epoch, loss, accuracy, seconds
        case learningRate = "learning_rate"
        case validationLoss = "val_loss"
        case validationAccuracy = "val_accuracy"
        case validationBalancedAccuracy = "val_balanced_accuracy"
        case validationF1Macro = "val_f1_macro"
        case validationAUC = "val_auc"
        case imagesPerSecond = "images_per_second"
    }
}

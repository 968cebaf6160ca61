import Datasets

extension FERPlusConfiguration {
    /// The keys of the section `data` that give FER-2013's faces the labels of FER+.
    init?(reading section: inout Section, source: DataConfiguration.Source) {
        let votes = section.optional("ferplus_csv", as: .path("FER+'s fer2013new.csv"))
        let labels = section.optional("labels", as: Field<Dataset.FERPlusLabels>.choice)
        guard let votes else {
            if labels != nil { section["labels"]?.reportContradiction("expected 'ferplus_csv' with it") }
            return nil
        }
        if case .fer2013CSV = source {
        } else {
            section["ferplus_csv"]?.reportContradiction(
                "its votes are for the faces of FER-2013's table; expected 'fer2013_csv' with it, "
                    + "found '\(source.key)'")
        }
        self.init(path: votes, labels: labels ?? .majority)
    }
}

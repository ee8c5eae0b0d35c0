package io.linli.groupbuy.sheets.imports;

/// What is wrong with one cell. Says nothing of people: `text` repeats goods and quantities only.
///
/// @param cell its name, `C7`, or the number of the row
record CellError(String cell, Reason reason, String text) {

    enum Reason {
        QUANTITY_UNREADABLE("import-quantity-unreadable"),
        QUANTITY_DIFFERS("import-quantity-differs"),
        GOODS_UNKNOWN("import-goods-unknown"),
        ADDRESS_UNREADABLE("import-address-unreadable"),
        HOUSEHOLD_UNKNOWN("import-household-unknown"),
        HOUSEHOLD_AMBIGUOUS("import-household-ambiguous"),
        FORMULA("import-formula");

        private final String slug;

        Reason(String slug) {
            this.slug = slug;
        }

        /// The key of its text.
        String slug() {
            return slug;
        }
    }
}

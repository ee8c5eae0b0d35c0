/// Reads the spreadsheets leaders bring along and turns them into orders once the leader confirms.
@NullMarked
package io.linli.groupbuy.sheets.imports;

import org.jspecify.annotations.NullMarked;

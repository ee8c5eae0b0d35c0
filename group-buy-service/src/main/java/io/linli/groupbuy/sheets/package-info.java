/// Paper that neighbours need: packing sheets, delta slips, labels.
@NullMarked
package io.linli.groupbuy.sheets;

import org.jspecify.annotations.NullMarked;

/// What became of the parcels ends the orders.
@NullMarked
package io.linli.groupbuy.completion;

import org.jspecify.annotations.NullMarked;

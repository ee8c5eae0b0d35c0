/// Ends group buys, by time and by hand, together with their orders.
@NullMarked
package io.linli.groupbuy.closing;

import org.jspecify.annotations.NullMarked;

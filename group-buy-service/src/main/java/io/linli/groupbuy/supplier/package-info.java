/// Who sells.
@NullMarked
package io.linli.groupbuy.supplier;

import org.jspecify.annotations.NullMarked;

/// Asks whether what a group buy brings fits on the shelves and on the shoulders of its day.
@NullMarked
package io.linli.groupbuy.capacity;

import org.jspecify.annotations.NullMarked;

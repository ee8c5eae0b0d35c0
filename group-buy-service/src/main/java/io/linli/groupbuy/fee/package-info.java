/// What leaders may take at most.
@NullMarked
package io.linli.groupbuy.fee;

import org.jspecify.annotations.NullMarked;

/// What leaders and couriers may take at most, and what the community fund takes.
@NullMarked
package io.linli.groupbuy.fee;

import org.jspecify.annotations.NullMarked;

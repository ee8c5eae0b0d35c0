/// A group buy and its items, from its creation to its end; needs no other feature but supplier.
@NullMarked
package io.linli.groupbuy.lifecycle;

import org.jspecify.annotations.NullMarked;

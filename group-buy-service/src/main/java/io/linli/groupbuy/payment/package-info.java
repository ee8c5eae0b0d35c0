/// Money that comes in for orders, from the payment provider or in cash, and goes back again.
@NullMarked
package io.linli.groupbuy.payment;

import org.jspecify.annotations.NullMarked;

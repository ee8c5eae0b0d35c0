/// Paying suppliers, leaders, couriers and the fund what they are owed, and leaders handing cash over.
@NullMarked
package io.linli.groupbuy.statements.payouts;

import org.jspecify.annotations.NullMarked;

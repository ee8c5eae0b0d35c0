/// What the parties of a community can read of their money: what was posted, whether it agrees with what was ordered
/// and paid, and what suppliers, leaders, couriers and the fund were paid.
@NullMarked
package io.linli.groupbuy.statements;

import org.jspecify.annotations.NullMarked;

/// Who owes whom: the ledger, what was paid for each order, and what goes back.
@NullMarked
package io.linli.groupbuy.settlement;

import org.jspecify.annotations.NullMarked;

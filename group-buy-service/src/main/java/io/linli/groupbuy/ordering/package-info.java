/// Orders of households in a group buy; asks lifecycle for stock and window.
@NullMarked
package io.linli.groupbuy.ordering;

import org.jspecify.annotations.NullMarked;

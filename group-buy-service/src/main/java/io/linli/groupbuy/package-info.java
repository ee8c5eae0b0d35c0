/// Group buys of a community: who sells, what is offered, who ordered what, how it ends.
@NullMarked
package io.linli.groupbuy;

import org.jspecify.annotations.NullMarked;

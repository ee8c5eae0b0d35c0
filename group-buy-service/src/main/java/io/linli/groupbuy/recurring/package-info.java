/// Group buys made from earlier ones: copies, templates, and those that come again every week.
@NullMarked
package io.linli.groupbuy.recurring;

import org.jspecify.annotations.NullMarked;

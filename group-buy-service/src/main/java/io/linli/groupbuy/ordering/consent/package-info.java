/// Who may order for a household besides its own members.
@NullMarked
package io.linli.groupbuy.ordering.consent;

import org.jspecify.annotations.NullMarked;

/// What households prepay, and what goes back to them.
@NullMarked
package io.linli.partner.payment;

import org.jspecify.annotations.NullMarked;

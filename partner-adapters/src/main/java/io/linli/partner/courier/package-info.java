@NullMarked
package io.linli.partner.courier;

import org.jspecify.annotations.NullMarked;

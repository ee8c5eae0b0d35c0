@NullMarked
package io.linli.partner;

import org.jspecify.annotations.NullMarked;

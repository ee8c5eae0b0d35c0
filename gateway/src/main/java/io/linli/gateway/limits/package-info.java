@NullMarked
package io.linli.gateway.limits;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.linli.local.journey;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.linli.local.seed;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.linli.local;

import org.jspecify.annotations.NullMarked;

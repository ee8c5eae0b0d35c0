@NullMarked
package io.linli.kit;

import org.jspecify.annotations.NullMarked;

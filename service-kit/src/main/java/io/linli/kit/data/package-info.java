@NullMarked
package io.linli.kit.data;

import org.jspecify.annotations.NullMarked;

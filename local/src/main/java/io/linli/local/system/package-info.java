@NullMarked
package io.linli.local.system;

import org.jspecify.annotations.NullMarked;

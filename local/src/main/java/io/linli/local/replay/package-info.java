@NullMarked
package io.linli.local.replay;

import org.jspecify.annotations.NullMarked;

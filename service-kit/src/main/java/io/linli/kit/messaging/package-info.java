@NullMarked
package io.linli.kit.messaging;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.linli.gateway;

import org.jspecify.annotations.NullMarked;

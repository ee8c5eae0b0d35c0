@NullMarked
package io.linli.gateway.upstream;

import org.jspecify.annotations.NullMarked;

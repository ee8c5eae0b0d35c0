@NullMarked
package io.linli.gateway.docs;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.linli.local.client;

import org.jspecify.annotations.NullMarked;

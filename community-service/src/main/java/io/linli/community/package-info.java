@NullMarked
package io.linli.community;

import org.jspecify.annotations.NullMarked;

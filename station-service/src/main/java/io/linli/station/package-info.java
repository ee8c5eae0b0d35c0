@NullMarked
package io.linli.station;

import org.jspecify.annotations.NullMarked;

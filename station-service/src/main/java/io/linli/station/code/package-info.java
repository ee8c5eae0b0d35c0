@NullMarked
package io.linli.station.code;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.linli.station.pickup;

import org.jspecify.annotations.NullMarked;

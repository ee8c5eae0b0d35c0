@NullMarked
package io.linli.station.household;

import org.jspecify.annotations.NullMarked;

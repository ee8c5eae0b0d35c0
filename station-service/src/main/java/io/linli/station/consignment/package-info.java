@NullMarked
package io.linli.station.consignment;

import org.jspecify.annotations.NullMarked;

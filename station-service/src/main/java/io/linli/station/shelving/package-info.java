@NullMarked
package io.linli.station.shelving;

import org.jspecify.annotations.NullMarked;

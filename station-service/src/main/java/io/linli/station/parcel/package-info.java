@NullMarked
package io.linli.station.parcel;

import org.jspecify.annotations.NullMarked;

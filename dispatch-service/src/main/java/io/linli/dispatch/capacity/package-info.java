/// What the volunteers can carry in a time.
@NullMarked
package io.linli.dispatch.capacity;

import org.jspecify.annotations.NullMarked;

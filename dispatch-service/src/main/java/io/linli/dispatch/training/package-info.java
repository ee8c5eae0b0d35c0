/// What volunteers were trained in, by the word of a coordinator, as long as it counts.
@NullMarked
package io.linli.dispatch.training;

import org.jspecify.annotations.NullMarked;

/// The time volunteers gave: credited from tasks, corrected with a reason, recognised.
@NullMarked
package io.linli.dispatch.hours;

import org.jspecify.annotations.NullMarked;

/// Doorstep tasks from the shelf to the door.
@NullMarked
package io.linli.dispatch.task;

import org.jspecify.annotations.NullMarked;

/// Which waiting task is offered to whom.
@NullMarked
package io.linli.dispatch.assignment;

import org.jspecify.annotations.NullMarked;

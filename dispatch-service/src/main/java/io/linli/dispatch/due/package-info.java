/// When a community's waiting tasks are looked at again.
@NullMarked
package io.linli.dispatch.due;

import org.jspecify.annotations.NullMarked;

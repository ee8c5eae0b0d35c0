/// Volunteers and the doorstep tasks they carry.
@NullMarked
package io.linli.dispatch;

import org.jspecify.annotations.NullMarked;

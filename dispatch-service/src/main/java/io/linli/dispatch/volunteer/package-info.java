/// Who carries, how much, what they can do and when not.
@NullMarked
package io.linli.dispatch.volunteer;

import org.jspecify.annotations.NullMarked;

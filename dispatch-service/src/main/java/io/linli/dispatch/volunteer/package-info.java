/// Who carries, how much and when.
@NullMarked
package io.linli.dispatch.volunteer;

import org.jspecify.annotations.NullMarked;

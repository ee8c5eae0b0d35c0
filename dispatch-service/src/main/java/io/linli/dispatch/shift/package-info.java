/// When volunteers carry: shifts of their own choice, and places in shifts that repeat every week.
@NullMarked
package io.linli.dispatch.shift;

import org.jspecify.annotations.NullMarked;

/// How many closed buildings a volunteer enters in a week.
@NullMarked
package io.linli.dispatch.exposure;

import org.jspecify.annotations.NullMarked;

/// Where the households live.
@NullMarked
package io.linli.dispatch.household;

import org.jspecify.annotations.NullMarked;

/// Buildings that are closed and reopened.
@NullMarked
package io.linli.community.closure;

import org.jspecify.annotations.NullMarked;

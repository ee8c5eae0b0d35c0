/// Where the buildings stand.
@NullMarked
package io.linli.dispatch.building;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.linli.community.households;

import org.jspecify.annotations.NullMarked;

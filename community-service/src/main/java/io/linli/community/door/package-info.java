@NullMarked
package io.linli.community.door;

import org.jspecify.annotations.NullMarked;

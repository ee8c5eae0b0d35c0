@NullMarked
package io.linli.community.notices;

import org.jspecify.annotations.NullMarked;

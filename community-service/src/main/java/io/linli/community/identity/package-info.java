@NullMarked
package io.linli.community.identity;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.linli.community.privacy;

import org.jspecify.annotations.NullMarked;

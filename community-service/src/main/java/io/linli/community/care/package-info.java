@NullMarked
package io.linli.community.care;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.linli.community.consent;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.linli.community.registry;

import org.jspecify.annotations.NullMarked;

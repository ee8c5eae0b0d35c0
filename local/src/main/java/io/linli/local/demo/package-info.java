@NullMarked
package io.linli.local.demo;

import org.jspecify.annotations.NullMarked;

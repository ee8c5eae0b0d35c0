@NullMarked
package io.linli.benchmarks.orders;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.linli.benchmarks;

import org.jspecify.annotations.NullMarked;

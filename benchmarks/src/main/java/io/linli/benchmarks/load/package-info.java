@NullMarked
package io.linli.benchmarks.load;

import org.jspecify.annotations.NullMarked;

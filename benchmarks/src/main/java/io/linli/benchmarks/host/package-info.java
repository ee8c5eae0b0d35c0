@NullMarked
package io.linli.benchmarks.host;

import org.jspecify.annotations.NullMarked;

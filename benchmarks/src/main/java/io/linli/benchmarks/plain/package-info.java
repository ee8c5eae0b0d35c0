@NullMarked
package io.linli.benchmarks.plain;

import org.jspecify.annotations.NullMarked;

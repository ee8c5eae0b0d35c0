@NullMarked
package io.linli.benchmarks.report;

import org.jspecify.annotations.NullMarked;

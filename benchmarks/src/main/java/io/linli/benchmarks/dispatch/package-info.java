/// `./linli bench dispatch`: how short the engine's routes are, and how fast it answers.
@NullMarked
package io.linli.benchmarks.dispatch;

import org.jspecify.annotations.NullMarked;

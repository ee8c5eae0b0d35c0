/// The search: ruin and recreate under annealing, and what a plan under way can be asked.
@NullMarked
package io.linli.dispatch.engine.search;

import org.jspecify.annotations.NullMarked;

/// Help requests of households: who needs what, how long it may wait, and who helps.
@NullMarked
package io.linli.dispatch.help;

import org.jspecify.annotations.NullMarked;

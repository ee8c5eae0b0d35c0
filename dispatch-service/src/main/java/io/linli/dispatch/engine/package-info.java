/// The dispatch engine: who does what, in which order and when. Plain Java, no Spring, no Reactor.
@NullMarked
package io.linli.dispatch.engine;

import org.jspecify.annotations.NullMarked;

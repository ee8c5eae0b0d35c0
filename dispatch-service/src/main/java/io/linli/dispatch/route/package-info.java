/// The way each volunteer goes: stops in order, with the time they are expected.
@NullMarked
package io.linli.dispatch.route;

import org.jspecify.annotations.NullMarked;

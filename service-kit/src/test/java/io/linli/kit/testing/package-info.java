/// What the tests of every service stand on: real PostgreSQL, a real AMQP broker, tokens, faults, contracts and shape
/// rules.
@NullMarked
package io.linli.kit.testing;

import org.jspecify.annotations.NullMarked;

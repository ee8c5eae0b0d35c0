/// How long a help request may wait, and who is told when it waited too long.
@NullMarked
package io.linli.dispatch.help.clock;

import org.jspecify.annotations.NullMarked;

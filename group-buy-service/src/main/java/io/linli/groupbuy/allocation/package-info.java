/// Who gets how much when there is not enough for all: pure and repeatable; needs no other feature.
@NullMarked
package io.linli.groupbuy.allocation;

import org.jspecify.annotations.NullMarked;

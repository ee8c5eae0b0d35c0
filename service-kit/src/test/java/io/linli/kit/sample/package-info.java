/// A service as small as can be, on which the kit is tested: notes, written once, heard by itself.
@NullMarked
package io.linli.kit.sample;

import org.jspecify.annotations.NullMarked;

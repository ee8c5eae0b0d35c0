@NullMarked
package io.linli.partner.sandbox;

import org.jspecify.annotations.NullMarked;
